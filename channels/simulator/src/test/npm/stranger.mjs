// A bot on whatsapp-api-js: it answers each text with a text, an image by link and an uploaded image.
// Only its fetch is ours: the same request, to the simulator's address instead of the platform's.
import { createServer } from "node:http";
import { WhatsAppAPI } from "whatsapp-api-js/middleware/node-http";
import { Image, Text } from "whatsapp-api-js/messages";

const { SIMULATOR, TOKEN, APP_SECRET, VERIFY_TOKEN, NUMBER_ID, PERSON } = process.env;

const redirected = (input, init) => {
    const url = new URL(input);
    return fetch(new URL(url.pathname + url.search, SIMULATOR), init);
};

const bot = new WhatsAppAPI({
    token: TOKEN,
    appSecret: APP_SECRET,
    webhookVerifyToken: VERIFY_TOKEN,
    v: "v24.0",
    ponyfill: { fetch: redirected },
});

const say = (what, value) => console.log(JSON.stringify({ what, value }));

bot.on.message = async ({ phoneID, message, reply, received, Whatsapp }) => {
    say("message", message);
    if (message.type === "text") {
        const form = new FormData();
        form.set("file", new Blob([Uint8Array.of(137, 80, 78, 71, 13, 10, 45, 45, 13, 10, 0)], { type: "image/png" }), "dot.png");
        const uploaded = await Whatsapp.uploadMedia(phoneID, form);
        say("uploaded", uploaded);
        say("read", await received("text"));
        say("sent", await reply(new Text("Voilà: " + message.text.body), true, "key-1"));
        say("sent", await reply(new Image("https://example.com/a.png", false, "By link")));
        say("sent", await reply(new Image(uploaded.id, true, "By id")));
    }
    if (message.type === "image") {
        const { url, mime_type } = await Whatsapp.retrieveMedia(message.image.id);
        const bytes = await (await Whatsapp.fetchMedia(url)).arrayBuffer();
        say("downloaded", { mime_type, bytes: bytes.byteLength });
    }
};

bot.on.status = ({ status, phone, id, biz_opaque_callback_data, error }) => {
    say("status", { status, phone, id, biz_opaque_callback_data, code: error?.code });
};

const server = createServer(async (request, response) => {
    try {
        if (request.method === "GET") {
            response.end(bot.handle_get(request));
        } else {
            response.statusCode = await bot.handle_post(request);
            response.end();
        }
    } catch (status) {
        response.statusCode = Number(status) || 500;
        response.end();
    }
});

server.listen(0, "127.0.0.1", async () => {
    say("sent", await bot.sendMessage(NUMBER_ID, PERSON, new Text("Before any message")));
    say("listening", server.address().port);
});

process.stdin.resume();
process.stdin.on("end", () => {
    say("bye");
    process.exit(0);
});
