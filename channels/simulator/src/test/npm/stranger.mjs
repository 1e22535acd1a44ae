// A bot on whatsapp-api-js: it answers the text "menu" with one content of each kind, and each other text with a text, an
// image by link and an uploaded image.
// Only its fetch is ours: the same request, to the simulator's address instead of the platform's.
import { createServer } from "node:http";
import { WhatsAppAPI } from "whatsapp-api-js/middleware/node-http";
import {
    ActionButtons,
    ActionContactRequest,
    ActionCTA,
    ActionList,
    ActionLocation,
    Body,
    BodyComponent,
    BodyParameter,
    Button,
    Contacts,
    Document,
    Footer,
    Header,
    HeaderComponent,
    HeaderParameter,
    Image,
    Interactive,
    Language,
    ListSection,
    Location,
    Name,
    PayloadComponent,
    Phone,
    Reaction,
    Row,
    Template,
    Text,
    URLComponent,
    Video,
} from "whatsapp-api-js/messages";

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

const menu = (id) => [
    new Interactive(new ActionButtons(new Button("yes", "Yes"), new Button("no", "No")), new Body("Coming?"), new Header("Saturday"), new Footer("Free")),
    new Interactive(
        new ActionList("Choose", new ListSection("Days", new Row("sat", "Saturday", "from ten"), new Row("sun", "Sunday"))),
        new Body("When?"),
    ),
    new Interactive(new ActionCTA("Look", "https://example.com/lamps"), new Body("Our lamps")),
    new Interactive(new ActionLocation(), new Body("Where are you?")),
    new Interactive(new ActionContactRequest(), new Body("How to call you?")),
    new Location(2.3522, 48.8566, "Shop", "1 rue de la Paix"),
    new Contacts([new Name("Ana Lune", "Ana"), new Phone("+33 6 39 98 00 01", "WORK", "33639980001")]),
    new Video("https://example.com/a.mp4", false, "A film"),
    new Document("https://example.com/a.pdf", false, "A paper", "a.pdf"),
    new Reaction(id, "😀"),
    new Template(
        "issue",
        new Language("fr"),
        new HeaderComponent(new HeaderParameter("Ana")),
        new BodyComponent(new BodyParameter("12")),
        new PayloadComponent("stop-news"),
        new URLComponent("12"),
    ),
];

bot.on.message = async ({ phoneID, message, reply, received, Whatsapp }) => {
    say("message", message);
    if (message.text?.body === "menu") {
        for (const content of menu(message.id)) {
            say("sent", await Whatsapp.sendMessage(phoneID, PERSON, content));
        }
    } else if (message.type === "text") {
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
