// A bot on messaging-api-viber: it answers each text with a text, a keyboard and a picture, and tells two people by broadcast.
import { createServer } from "node:http";
import viber from "messaging-api-viber";

const { SIMULATOR, TOKEN, PERSON, OTHER } = process.env;

const client = new viber.ViberClient({
    accessToken: TOKEN,
    sender: { name: "Maison Lumen" },
    origin: SIMULATOR,
});

const say = (what, value) => console.log(JSON.stringify({ what, value }));

const refusal = async (call) => {
    try {
        return await call;
    } catch (error) {
        return error.message;
    }
};

const answer = async ({ sender, message }) => {
    say("message", { id: sender.id, name: sender.name, ...message });
    say("sent", await client.sendText(sender.id, "Voilà: " + message.text, { trackingData: "key-1" }));
    say("sent", await client.sendText(sender.id, "Go on?", {
        keyboard: { type: "keyboard", buttons: [{ actionType: "reply", actionBody: "STOP", text: "Stop" }] },
    }));
    say("sent", await client.sendPicture(sender.id, { text: "Look", media: "https://example.com/a.jpg" }));
    say("broadcast", await client.broadcastText([PERSON, OTHER, "nobody"], "To all"));
    say("refused", await refusal(client.sendText("nobody", "Hi")));
    say("details", await client.getUserDetails(PERSON));
    say("online", await client.getOnlineStatus([PERSON, "nobody"]));
    say("answered");
};

const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
        const event = JSON.parse(Buffer.concat(chunks).toString("utf8"));
        say("event", event.event);
        response.end();
        if (event.event === "message") {
            answer(event);
        }
    });
});

server.listen(0, "127.0.0.1", async () => {
    const url = `http://127.0.0.1:${server.address().port}/viber`;
    say("webhook", await client.setWebhook(url, { eventTypes: ["delivered", "seen"], sendName: true }));
    say("refused", await refusal(client.setWebhook(url + "#", { eventTypes: ["sneezed"] })));
    say("account", await client.getAccountInfo());
    say("listening");
});

process.stdin.resume();
process.stdin.on("end", async () => {
    say("removed", await client.removeWebhook());
    say("bye");
    process.exit(0);
});
