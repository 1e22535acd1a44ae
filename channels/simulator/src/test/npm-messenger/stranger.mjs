// A program on messaging-api-messenger: it sends, uploads, asks and manages, and says what came back. Only the origin is ours.
import messaging from "messaging-api-messenger";

const { SIMULATOR, TOKEN, APP_ID, APP_SECRET, CALLBACK, VERIFY_TOKEN, PERSON, STRANGER, LABEL } = process.env;
const PNG = Buffer.from([137, 80, 78, 71, 13, 10, 45, 45, 13, 10, 0]);
const SHOP = "https://shop.example.org/";
const MEDIA = "https://cdn.example.org/a";

const client = new messaging.MessengerClient({
    accessToken: TOKEN, appId: APP_ID, appSecret: APP_SECRET, version: "25.0", origin: SIMULATOR,
});

/** Says what came of it, and hands it on. */
const say = async (what, work) => {
    try {
        const value = (await work()) ?? null;
        console.log(JSON.stringify({ what, value }));
        return value;
    } catch (error) {
        console.log(JSON.stringify({ what, error: error.message }));
        return null;
    }
};

// Messages.
await say("text", () => client.sendText(PERSON, "Où / quand ? 😀", { messagingType: "RESPONSE" }));
await say("image by address", () => client.sendImage(PERSON, MEDIA + ".png"));
await say("image in the request", () => client.sendImage(PERSON, PNG, { filename: "dot.png" }));
const uploaded = await say("upload image", () => client.uploadImage(PNG, { filename: "dot.png", isReusable: true }));
await say("image by id", () => client.sendImage(PERSON, { attachmentId: uploaded.attachmentId }));
for (const [kind, name, upload, send] of [
    ["audio", "a.m4a", "uploadAudio", "sendAudio"],
    ["video", "a.mp4", "uploadVideo", "sendVideo"],
    ["file", "a.pdf", "uploadFile", "sendFile"],
]) {
    await say(kind + " by address", () => client[send](PERSON, MEDIA + "." + kind));
    await say(kind + " in the request", () => client[send](PERSON, Buffer.from(kind), { filename: name }));
    const asset = await say("upload " + kind, () => client[upload](Buffer.from(kind), { filename: name, isReusable: true }));
    await say(kind + " by id", () => client[send](PERSON, { attachmentId: asset.attachmentId }));
}
const fetched = await say("upload by address", () => client.uploadImage(MEDIA + ".png", { isReusable: true }));
await say("quick replies", () => client.sendText(PERSON, "Which?", {
    quickReplies: [{ contentType: "text", title: "Red", payload: "RED" }, { contentType: "user_email" }],
}));
await say("any message", () => client.sendMessage(PERSON, { attachment: { type: "image", payload: { attachmentId: fetched.attachmentId } } }));
await say("buttons", () => client.sendButtonTemplate(PERSON, "Choose", [
    { type: "postback", title: "Yes", payload: "YES" }, { type: "web_url", title: "Shop", url: SHOP },
]));
await say("cards", () => client.sendGenericTemplate(PERSON, [{ title: "Kettle", subtitle: "Blue", imageUrl: MEDIA, buttons: [{ type: "postback", title: "Buy", payload: "BUY" }] }]));
await say("media card", () => client.sendMediaTemplate(PERSON, [{ mediaType: "image", attachmentId: uploaded.attachmentId }]));
await say("receipt", () => client.sendReceiptTemplate(PERSON, {
    recipientName: "Ana", orderNumber: "17", currency: "EUR", paymentMethod: "Card",
    summary: { subtotal: 10, totalCost: 12 }, elements: [{ title: "Kettle", price: 10 }],
}));
await say("boarding pass", () => client.sendAirlineBoardingPassTemplate(PERSON, { introMessage: "Hi", locale: "en_US", boardingPass: [] }));
await say("typing", () => client.typingOn(PERSON));
await say("not typing", () => client.typingOff(PERSON));
await say("seen", () => client.markSeen(PERSON));
await say("closed", () => client.sendText(STRANGER, "Hi"));
await say("dead tag", () => client.sendText(PERSON, "Hi", { tag: "CONFIRMED_EVENT_UPDATE" }));

// People and the Page.
await say("page", () => client.getPageInfo());
await say("person", () => client.getUserProfile(PERSON));
await say("person's language", () => client.getUserProfile(PERSON, { fields: ["id", "name", "locale", "timezone", "gender"] }));

// The profile.
await say("set profile", () => client.setMessengerProfile({ getStarted: { payload: "FIRST" } }));
await say("profile", () => client.getMessengerProfile(["get_started"]));
await say("set start", () => client.setGetStarted("START"));
await say("start", () => client.getGetStarted());
await say("set menu", () => client.setPersistentMenu([
    { type: "postback", title: "Leave", payload: "STOP" }, { type: "web_url", title: "Shop", url: SHOP },
], { composerInputDisabled: true }));
await say("menu", () => client.getPersistentMenu());
await say("set own menu", () => client.setUserPersistentMenu(PERSON, [{ type: "postback", title: "Mine", payload: "MINE" }]));
await say("own menu", () => client.getUserPersistentMenu(PERSON));
await say("delete own menu", () => client.deleteUserPersistentMenu(PERSON));
await say("set greeting", () => client.setGreeting([{ locale: "default", text: "Hello" }, { locale: "fr_FR", text: "Bonjour" }]));
await say("greeting", () => client.getGreeting());
await say("set ice breakers", () => client.setIceBreakers([{ question: "Where?", payload: "WHERE" }]));
await say("ice breakers", () => client.getIceBreakers());
await say("set domains", () => client.setWhitelistedDomains([SHOP]));
await say("domains", () => client.getWhitelistedDomains());
await say("set linking", () => client.setAccountLinkingURL(SHOP + "link"));
await say("linking", () => client.getAccountLinkingURL());
await say("delete linking", () => client.deleteAccountLinkingURL());
await say("delete domains", () => client.deleteWhitelistedDomains());
await say("no domains", () => client.getWhitelistedDomains());

// Personas, whom messages may come from.
const persona = await say("create persona", () => client.createPersona({ name: "Léa", profilePictureUrl: MEDIA }));
await say("as persona", () => client.sendText(PERSON, "I am Léa", { personaId: persona.id }));
await say("persona", () => client.getPersona(persona.id));
await say("personas", () => client.getAllPersonas());
await say("delete persona", () => client.deletePersona(persona.id));
await say("no personas", () => client.getAllPersonas());

// Labels.
await say("old label", () => client.createLabel("VIP"));
await say("put label", () => client.associateLabel(PERSON, LABEL));
await say("labels of person", () => client.getAssociatedLabels(PERSON, { fields: ["page_label_name"] }));
await say("label", () => client.getLabelDetails(LABEL, { fields: ["page_label_name"] }));
await say("labels", () => client.getLabelList());
await say("take label off", () => client.dissociateLabel(PERSON, LABEL));
await say("delete label", () => client.deleteLabel(LABEL));

// Handover, at last, since the inbox keeps the person.
await say("receivers", () => client.getSecondaryReceivers());
await say("owner", () => client.getThreadOwner(PERSON));
await say("pass", () => client.passThreadControlToPageInbox(PERSON, "please"));
await say("inbox", () => client.getThreadOwner(PERSON));
await say("overheard", () => client.sendText(PERSON, "Hi"));
await say("request", () => client.requestThreadControl(PERSON, "again"));
await say("take", () => client.takeThreadControl(PERSON, "mine"));
await say("answered again", () => client.sendText(PERSON, "Hi again"));

// The app's webhook.
await say("subscribe", () => client.createSubscription({ callbackUrl: CALLBACK, verifyToken: VERIFY_TOKEN }));
await say("subscription", () => client.getPageSubscription());
