// A bot on botly and express: it checks signatures, answers what people do, and manages its Page. Only Graph's address is ours.
import { createServer } from "node:http";
import bodyParser from "body-parser";
import Botly from "botly";
import express from "express";

const { SIMULATOR, TOKEN, APP_SECRET, VERIFY_TOKEN, PAGE, PERSON, STRANGER } = process.env;
const SHOP = "https://shop.example.org/";
const MEDIA = "https://cdn.example.org/a.png";

const botly = new Botly({ accessToken: TOKEN, verifyToken: VERIFY_TOKEN, webHookPath: "/webhook", FB_URL: SIMULATOR + "/v25.0/" });

const say = (what, value = null) => console.log(JSON.stringify({ what, value }));
/** Makes a call and says what came back, an error of ours too. */
const call = (what, name, options) => new Promise((resolve) => {
    botly[name](options, (error, body) => {
        say(what, error ? { failed: error.message } : body);
        resolve(body);
    });
});

for (const event of ["message", "postback", "delivery", "read", "optin", "referral", "echo", "passThreadControl", "account_link"]) {
    botly.on(event, (person, item, value) => {
        say("heard", { event, person, value: typeof value === "object" ? value : { value } });
    });
}
botly.on("error", (error) => say("error", error.message));

/** All that the bot sends and sets, once somebody wrote. */
botly.on("message", async (person, item, value) => {
    if (value.text !== "Bonjour 😀") {
        return;
    }
    await call("text", "sendText", { id: PERSON, text: "Où / quand ? 😀", quick_replies: [botly.createQuickReply("Red", "RED")] });
    await call("image", "sendImage", { id: PERSON, url: MEDIA, is_reusable: true });
    for (const type of ["video", "audio", "file"]) {
        await call(type, "sendAttachment", { id: PERSON, type, payload: { url: MEDIA } });
    }
    const asset = await call("upload", "upload", { pageId: PAGE, type: "image", payload: { url: MEDIA, is_reusable: true } });
    await call("image by id", "sendImage", { id: PERSON, payload: { attachment_id: asset.attachment_id } });
    await call("buttons", "sendButtons", { id: PERSON, text: "Choose", buttons: [
        botly.createPostbackButton("Yes", "YES"), botly.createWebURLButton("Shop", SHOP), botly.createAccountLinkButton(SHOP),
    ] });
    await call("cards", "sendGeneric", { id: PERSON, elements: {
        title: "Kettle", subtitle: "Blue", image_url: MEDIA, buttons: [botly.createPostbackButton("Buy", "BUY")],
    } });
    await call("receipt", "sendReceipt", { id: PERSON, payload: {
        recipient_name: "Ana", order_number: "17", currency: "EUR", payment_method: "Card", summary: { total_cost: 12 },
    } });
    await call("list", "sendList", { id: PERSON, elements: [{ title: "A" }, { title: "B" }] });
    await call("open graph", "sendOpenGraph", { id: PERSON, elements: { url: SHOP } });
    await call("location", "sendText", { id: PERSON, text: "Where?", quick_replies: [botly.createShareLocation()] });
    await call("typing", "sendAction", { id: PERSON, action: Botly.CONST.ACTION_TYPES.TYPING_ON });
    await call("seen", "sendAction", { id: PERSON, action: Botly.CONST.ACTION_TYPES.MARK_SEEN });
    await call("closed", "sendText", { id: STRANGER, text: "Hi" });
    await call("person", "getUserProfile", { id: PERSON, fields: ["first_name", "last_name", "locale"] });
    await call("start", "setGetStarted", { pageId: PAGE, payload: "START" });
    await call("greeting", "setGreetingText", { pageId: PAGE, greeting: [{ locale: "default", text: "Hello" }] });
    await call("menu", "setPersistentMenu", { pageId: PAGE, menu: [
        { locale: "default", call_to_actions: [{ type: "postback", title: "Leave", payload: "STOP" }] },
    ] });
    await call("domains", "setWhiteList", { pageId: PAGE, whiteList: [SHOP] });
    await call("linking", "setAccountLinkingURL", { pageId: PAGE, url: SHOP + "link" });
    await call("audience", "setTargetAudience", { pageId: PAGE, audience: { audience_type: "all" } });
    say("answered");
});
botly.on("postback", async (person, item, payload) => {
    if (payload === "STOP") {
        await call("no menu", "removePersistentMenu", { pageId: PAGE });
        say("removed");
    }
});

const app = express();
app.use(bodyParser.json({ verify: botly.getVerifySignature(APP_SECRET) }));
app.use(botly.router());
app.use((error, request, response, next) => {
    say("refused", error.message);
    response.sendStatus(403);
});
const server = createServer(app);
server.listen(0, "127.0.0.1", () => say("listening", server.address().port));

process.stdin.resume();
process.stdin.on("end", () => {
    say("bye");
    server.close();
    process.exit(0);
});
