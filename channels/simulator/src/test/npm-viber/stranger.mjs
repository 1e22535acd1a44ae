// A bot on messaging-api-viber: it answers a text with a text, a keyboard and a picture, and tells two people by broadcast;
// whoever writes "everything" gets each type of message that the client has, and then the same with others in a broadcast.
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

const MEDIA = "https://cdn.example/";
const keys = {
    type: "keyboard", defaultHeight: true, customDefaultHeight: 50, heightScale: 80, bgColor: "#112233", inputFieldState: "hidden",
    buttonsGroupColumns: 6, buttonsGroupRows: 2,
    favoritesMetadata: { type: "link", url: MEDIA + "a" },
    buttons: [
        {
            columns: 3, rows: 2, bgColor: "#ffffff", bgMediaType: "gif", bgMedia: MEDIA + "a.gif", bgMediaScaleType: "fit", bgLoop: false,
            actionType: "open-url", actionBody: MEDIA + "page", image: MEDIA + "a.png", imageScaleType: "fill", text: "Page <b>1</b>",
            textVAlign: "top", textHAlign: "left", textPaddings: [1, 2, 3, 4], textOpacity: 60, textSize: "large", openURLType: "external",
            openURLMediaType: "video", textBgGradientColor: "#102030", textShouldFit: true, silent: true,
            internalBrowser: { actionButton: "send-to-bot", actionPredefinedURL: MEDIA, titleType: "domain", customTitle: "Lumen", mode: "partial-size", footerType: "hidden", actionReplyData: "r" },
            frame: { borderWidth: 1, borderColor: "#000000", cornerRadius: 10 },
            mediaPlayer: { title: "T", subtitle: "S", thumbnailURL: MEDIA + "t.jpg", loop: true },
        },
        { columns: 3, rows: 2, actionType: "share-phone", actionBody: "phone", text: "My number" },
        { actionType: "location-picker", actionBody: "place", text: "I am here" },
    ],
};
const cards = {
    type: "rich_media", buttonsGroupColumns: 6, buttonsGroupRows: 2, bgColor: "#FFFFFF",
    buttons: [
        { columns: 6, rows: 1, actionType: "none", actionBody: "none", text: "Card one" },
        { columns: 6, rows: 1, actionType: "reply", actionBody: "ONE", text: "Take it" },
        { columns: 6, rows: 2, actionType: "open-url", actionBody: MEDIA + "two", image: MEDIA + "two.jpg" },
    ],
};
const options = { minApiVersion: 6, trackingData: "k", keyboard: keys };

const everything = async (to, others) => {
    const types = [
        ["Text", "Hello", options],
        ["Picture", { text: "Look", media: MEDIA + "a.jpg", thumbnail: MEDIA + "t.jpg" }],
        ["Video", { media: MEDIA + "a.mp4", size: 10000, thumbnail: MEDIA + "t.jpg", duration: 10 }],
        ["File", { media: MEDIA + "a.doc", size: 10000, fileName: "a.doc" }],
        ["Contact", { name: "Ben", phoneNumber: "+33639980002" }],
        ["Location", { lat: "37.7898", lon: "-122.3942" }],
        ["URL", MEDIA + "page?a=1"],
        ["Sticker", 46105],
        ["CarouselContent", cards],
    ];
    for (const [type, ...what] of types) {
        say("each", (await client["send" + type](to, ...what)).status);
    }
    for (const [type, ...what] of types) {
        const cast = await client["broadcast" + type]([to, ...others], ...what);
        say("cast", { status: cast.status, failed: cast.failedList.map((one) => one.receiver + " " + one.status) });
    }
    say("words", (await client.broadcastText([to], "For replace_me_with_user_name", {
        keyboard: { type: "keyboard", buttons: [{ actionBody: "replace_me_with_receiver_id", text: "replace_me_with_user_name" }] },
    })).status);
    say("refused", await refusal(client.sendCarouselContent(to, { ...cards, buttons: [{ ...cards.buttons[0], actionType: "share-phone" }] })));
    say("refused", await refusal(client.sendText(to, "a", { keyboard: keys })));
    say("refused", await refusal(client.sendVideo(to, { media: MEDIA + "a.mp4", size: 27262977 })));
    say("refused", await refusal(client.getOnlineStatus(Array.from({ length: 101 }, (none, i) => "id" + i))));
    await client.getUserDetails(to);
    await client.getUserDetails(to);
    say("refused", await refusal(client.getUserDetails(to)));
    say("done");
};

const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
        const event = JSON.parse(Buffer.concat(chunks).toString("utf8"));
        say("event", event.event);
        response.end();
        if (event.event === "message" && event.message.text === "everything") {
            everything(event.sender.id, ["nobody"]);
        } else if (event.event === "message") {
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
