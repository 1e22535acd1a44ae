// A program on messaging-api-messenger: it sends, uploads and asks, and says what came back. Only the client's origin is ours.
import messaging from "messaging-api-messenger";

const { SIMULATOR, TOKEN, APP_SECRET, PERSON, STRANGER } = process.env;
const PNG = Buffer.from([137, 80, 78, 71, 13, 10, 45, 45, 13, 10, 0]);

const client = new messaging.MessengerClient({ accessToken: TOKEN, appSecret: APP_SECRET, version: "25.0", origin: SIMULATOR });

const say = async (what, answer) => {
    try {
        console.log(JSON.stringify({ what, value: await answer }));
    } catch (error) {
        console.log(JSON.stringify({ what, error: error.message }));
    }
};

await say("text", client.sendText(PERSON, "Où / quand ? 😀", { messagingType: "RESPONSE" }));
await say("image by address", client.sendImage(PERSON, "https://example.com/a.png"));
await say("image in the request", client.sendImage(PERSON, PNG, { filename: "dot.png" }));
const uploaded = await client.uploadImage(PNG, { filename: "dot.png", isReusable: true });
await say("uploaded", uploaded);
await say("image by id", client.sendImage(PERSON, { attachmentId: uploaded.attachmentId }));
await say("typing", client.typingOn(PERSON));
await say("seen", client.markSeen(PERSON));
await say("person", client.getUserProfile(PERSON));
await say("set", client.setMessengerProfile({ getStarted: { payload: "START" } }));
await say("profile", client.getMessengerProfile(["get_started"]));
await say("closed", client.sendText(STRANGER, "Hi"));
await say("dead tag", client.sendText(PERSON, "Hi", { tag: "CONFIRMED_EVENT_UPDATE" }));
