// A bot on Viber's own client for Node: it welcomes, answers each text with every type of message that it has, and reads receipts.
import { createServer } from "node:http";
import { createHmac } from "node:crypto";
import viber from "viber-bot";

const { SIMULATOR, TOKEN } = process.env;
const { Bot, Events, Message } = viber;
const MEDIA = "https://cdn.example/";

const say = (what, value) => console.log(JSON.stringify({ what, value }));

const refusal = async (call) => {
    try {
        return await call();
    } catch (error) {
        return error.status_message ?? error.message;
    }
};

const bot = new Bot({
    authToken: TOKEN, name: "Maison Lumen", avatar: MEDIA + "lumen.jpg",
    registerToEvents: ["subscribed", "unsubscribed", "conversation_started", "message", "delivered", "seen", "failed"],
});
bot._client._url = SIMULATOR + "/pa";

const keyboard = { Type: "keyboard", Buttons: [{ ActionType: "reply", ActionBody: "STOP", Text: "Stop" }] };
const cards = { Type: "rich_media", ButtonsGroupColumns: 6, ButtonsGroupRows: 1, Buttons: [{ Columns: 6, Rows: 1, ActionBody: "ONE", Text: "One" }] };

bot.onConversationStarted((person, subscribed, context, finish) => {
    say("opened", { id: person.id, subscribed, context });
    finish(new Message.Text("Bienvenue"));
});
bot.on(Events.SUBSCRIBED, (response) => say("subscribed", response.userProfile.name));
bot.on(Events.UNSUBSCRIBED, (id) => say("unsubscribed", id));
bot.on("delivered", (event) => say("delivered", event.message_token));
bot.on("seen", (event) => say("seen", event.message_token));
bot.on(Events.ERROR, (error) => say("failed", error.desc ?? String(error)));
bot.on(Events.MESSAGE_RECEIVED, (message) => say("received", { type: message.constructor.name, text: message.text ?? "", token: message.token }));
bot.onTextMessage(/^tout$/i, async (message, response) => {
    say("refused", await refusal(() => bot.postToPublicChat({ id: "x", name: "Lumen", avatar: MEDIA }, [new Message.Text("To all")])));
    say("sent", await response.send([
        new Message.Text("Voilà: 😀"),
        new Message.Picture(MEDIA + "a.jpg", "Look", MEDIA + "t.jpg"),
        new Message.Video(MEDIA + "a.mp4", 10000, "Film", MEDIA + "t.jpg", 10),
        new Message.File(MEDIA + "a.pdf", 10000, "a.pdf"),
        new Message.Contact("Ben", "+33639980002"),
        new Message.Location(48.8566, 2.3522),
        new Message.Url(MEDIA + "é"),
        new Message.Sticker(46105),
        new Message.RichMedia(cards),
    ]));
    say("sent", await response.send(new Message.Text("Go on?", keyboard, null, null, null, 3), { k: 1 }));
    say("sent", await response.send(new Message.Keyboard(keyboard)));
    say("profile", await bot.getBotProfile());
    say("details", await bot.getUserDetails(response.userProfile));
    say("online", await bot.getOnlineStatus([response.userProfile.id]));
    say("refused", await refusal(() => bot.sendMessage({ id: "nobody" }, new Message.Text("Hi"))));
    say("answered");
});

const server = createServer(bot.middleware());
server.listen(0, "127.0.0.1", async () => {
    const url = `http://127.0.0.1:${server.address().port}`;
    say("webhook", await bot.setWebhook(url));
    const body = JSON.stringify({ event: "webhook", timestamp: 1, message_token: 1 });
    const signed = (secret) => url + "?sig=" + createHmac("sha256", secret).update(body).digest("hex");
    const ask = (to) => fetch(to, { method: "POST", body, signal: AbortSignal.timeout(1500) }).then((answer) => answer.status, () => "no answer");
    say("forged", [await ask(signed(TOKEN)), await ask(signed("another-token")), await ask(url)]);
    say("listening");
});

process.stdin.resume();
process.stdin.on("end", () => {
    say("bye");
    process.exit(0);
});
