// The page that looks like a person's phone. All that people and businesses said becomes text nodes, never markup.
"use strict";

const byId = (id) => document.getElementById(id);
const API = "/phone/api/";
const POLL = 1000;
const POLL_UNSEEN = 5000;

/** What each platform calls things, and what its people can do: [act, label, when it is offered, style]. */
const APPS = {
    whatsapp: {
        idLabel: "Phone number",
        idExample: "+33639981234",
        clean: (id) => id.replace(/[\s().-]/g, ""),
        acts: [
            ["stop_marketing", "Stop marketing messages", (s) => !s.marketing_stopped, "danger"],
            ["resume_marketing", "Resume marketing messages", (s) => s.marketing_stopped],
        ],
        done: { stop_marketing: "stopped marketing messages", resume_marketing: "resumed marketing messages" },
    },
    viber: {
        idLabel: "Viber id",
        idExample: "q2T0rUuJm3gkPnXbYw1ZcA==",
        clean: (id) => id,
        acts: [
            ["open_chat", "Open the chat", () => true],
            ["subscribe", "Subscribe", (s) => !s.subscribed],
            ["unsubscribe", "Unsubscribe", (s) => s.subscribed, "danger"],
        ],
        done: { open_chat: "opened the chat", subscribe: "subscribed", unsubscribe: "unsubscribed" },
    },
    "viber-business": {
        idLabel: "Phone number",
        idExample: "+33639981234",
        clean: (id) => id.replace(/[\s().-]/g, ""),
        acts: [
            ["block", "Block the service", (s) => !s.blocked, "danger"],
            ["unblock", "Unblock the service", (s) => s.blocked],
        ],
        done: { block: "blocked the service", unblock: "unblocked the service" },
    },
    messenger: {
        idLabel: "Page-scoped id",
        idExample: "7000000000000001",
        clean: (id) => id.replace(/\s/g, ""),
        acts: [
            ["get_started", "Tap Get Started", (s) => s.questions.length === 0],
            ["block", "Block the Page", (s) => !s.blocked, "danger"],
            ["unblock", "Unblock the Page", (s) => s.blocked],
        ],
        done: { get_started: "tapped Get Started", block: "blocked the Page", unblock: "unblocked the Page" },
    },
    instagram: {
        idLabel: "Account-scoped id",
        idExample: "8000000000000001",
        clean: (id) => id.replace(/\s/g, ""),
        acts: [
            ["comment", "Comment on a post", () => true],
            ["block", "Block the account", (s) => !s.blocked, "danger"],
            ["unblock", "Unblock the account", (s) => s.blocked],
        ],
        done: { comment: "commented on a post", block: "blocked the account", unblock: "unblocked the account" },
    },
};

const DONE = {
    write: "wrote",
    tap: "tapped",
    read: "read all messages",
    phone_off: "lost the network",
    phone_on: "is back online",
    opt_in: "opted in",
    stop_topic: "stopped a topic",
    resume_topic: "resumed a topic",
};

let app = "whatsapp";
let chosen = null; // { app, id, line }
let world = null;
let timer = 0;
let asking = 0;

// Small helpers.

function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === undefined || value === false) {
            continue;
        }
        if (name === "onclick") {
            node.addEventListener("click", value);
        } else {
            node.setAttribute(name, value === true ? "" : value);
        }
    }
    node.append(...children.filter((child) => child instanceof Node || (typeof child === "string" && child !== "")));
    return node;
}

function setText(node, text) {
    if (node.textContent !== text) {
        node.textContent = text;
    }
}

/** Makes the children of a node those of the items, and touches only what changed, so that focus and reading stay. */
function reconcile(parent, items, keyOf, build, update = () => {}) {
    const present = new Map([...parent.children].map((node) => [node.dataset.key, node]));
    items.forEach((item, index) => {
        const key = keyOf(item);
        const shape = JSON.stringify(item, (name, value) => (name === "read" ? undefined : value));
        let node = present.get(key);
        present.delete(key);
        if (!node || node.shape !== shape) {
            const focused = node && node.contains(document.activeElement);
            const fresh = build(item);
            fresh.dataset.key = key;
            fresh.shape = shape;
            if (node) {
                node.replaceWith(fresh);
            }
            node = fresh;
            if (focused) {
                parent.children[index]?.before(node);
                (node.matches("button, a") ? node : node.querySelector("button, a"))?.focus();
            }
        }
        update(node, item);
        if (parent.children[index] !== node) {
            const focused = node.contains(document.activeElement) ? document.activeElement : null;
            parent.insertBefore(node, parent.children[index] ?? null);
            focused?.focus();
        }
    });
    for (const node of present.values()) {
        node.remove();
    }
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const SHORT_DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const FULL = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const SOON = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

const dayOf = (instant) => new Date(instant).toDateString();

function duration(seconds) {
    const units = [["day", 86400], ["hour", 3600], ["minute", 60]];
    const parts = [];
    for (const [unit, length] of units) {
        const count = Math.floor(seconds / length);
        if (count > 0 && parts.length < 2) {
            parts.push(count + " " + unit + (count === 1 ? "" : "s"));
        }
        seconds -= count * length;
    }
    return parts.join(" ") || "less than a minute";
}

function initials(name) {
    const words = name.replace(/^\+/, "").split(/\s+/).filter(Boolean);
    return words.slice(0, 2).map((word) => [...word][0]).join("").toUpperCase() || "?";
}

/** The address if it is one of the web, else null: no other kind becomes a link. */
function webAddress(text) {
    try {
        const url = new URL(text);
        return url.protocol === "http:" || url.protocol === "https:" ? url : null;
    } catch {
        return null;
    }
}

// Talking to the simulator.

async function ask(path, init = {}) {
    let answer;
    try {
        answer = await fetch(API + path, { cache: "no-store", ...init });
    } catch {
        throw new Error("The simulator does not answer. Is it still running?");
    }
    const body = await answer.json();
    if (!answer.ok) {
        throw Object.assign(new Error(body.error.message), { type: body.error.type });
    }
    return body;
}

const post = (path, body) =>
    ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

function complain(error) {
    byId("alert").hidden = !error;
    setText(byId("alert"), error ? error.message : "");
}

/** Says it to those who listen; twice the same is said twice. */
function say(words) {
    byId("said").textContent = "";
    setTimeout(() => setText(byId("said"), words), 50);
}

async function refresh() {
    clearTimeout(timer);
    const turn = ++asking;
    try {
        const query = chosen ? "?" + new URLSearchParams(chosen) : "";
        const fresh = await ask("state" + query);
        if (turn === asking) {
            world = fresh;
            complain(null);
            show();
        }
    } catch (error) {
        if (turn !== asking) {
            return;
        }
        if (["unknown_person", "unknown_line", "unknown_app"].includes(error.type)) {
            choose(null);
            return;
        }
        complain(error);
    } finally {
        if (turn === asking) {
            timer = setTimeout(refresh, document.hidden ? POLL_UNSEEN : POLL);
        }
    }
}

async function attempt(work) {
    try {
        await work();
        await refresh();
    } catch (error) {
        complain(error);
        clearTimeout(timer);
        timer = setTimeout(refresh, 4000);
    }
}

function act(name, text, words) {
    const on = { ...chosen };
    const who = world.open.name;
    return attempt(async () => {
        await post("acts", { ...on, act: name, ...(text === undefined ? {} : { text }) });
        say(who + " " + (words ?? APPS[on.app].done[name] ?? DONE[name]) + ".");
        if (name === "write" || name === "tap" || name === "choose") {
            stick = true;
        }
    });
}

// What is chosen lives in the address, so that a reload keeps it.

function choose(next) {
    chosen = next;
    if (next) {
        app = next.app;
    }
    const hash = next ? "#" + [next.app, next.id, next.line].filter(Boolean).map(encodeURIComponent).join("/") : "#" + app;
    if (location.hash !== hash) {
        history.replaceState(null, "", hash);
    }
    stick = true;
    document.body.dataset.view = next ? "chat" : "people";
    if (!next && world) {
        delete world.open;
    }
    refresh();
}

function readAddress() {
    let parts = [];
    try {
        parts = location.hash.slice(1).split("/").map(decodeURIComponent);
    } catch {
        // An address that somebody mistyped names nobody.
    }
    const known = Object.hasOwn(APPS, parts[0] ?? "");
    app = known ? parts[0] : "whatsapp";
    choose(known && parts[1] ? { app, id: parts[1], ...(parts[2] ? { line: parts[2] } : {}) } : null);
}

// What is seen.

let stick = true;

function show() {
    document.body.dataset.app = app;
    showApps();
    showPeople();
    showClock();
    showWebhooks();
    const open = world.open;
    byId("lock").hidden = Boolean(open);
    byId("chat").hidden = !open;
    byId("acts-card").hidden = !open;
    if (open) {
        showChat(open);
    }
}

const current = () => world.apps.find((each) => each.app === app);

function showApps() {
    const tabs = world.apps.map((each) => ({
        app: each.app,
        title: each.title,
        unread: each.people.reduce((sum, person) => sum + person.unread, 0),
        selected: each.app === app,
    }));
    reconcile(byId("apps"), tabs, (tab) => tab.app, (tab) =>
        make("button", {
            type: "button", role: "tab", id: "tab-" + tab.app, "aria-selected": String(tab.selected), "aria-controls": "list",
            tabindex: tab.selected ? "0" : "-1", onclick: () => pick(tab.app),
        }, tab.title, tab.unread && make("span", { class: "badge" }, String(tab.unread), make("span", { class: "hidden" }, " unread"))));
    byId("list").setAttribute("aria-labelledby", "tab-" + app);
    const words = APPS[app];
    setText(byId("add-id-label"), words.idLabel);
    byId("add-id").placeholder = words.idExample;
}

function pick(name) {
    if (name !== app) {
        app = name;
        choose(null);
    }
}

function preview(latest) {
    if (!latest) {
        return "No message yet";
    }
    const words = latest.text || "(" + latest.type + ")";
    return (latest.from === "person" ? "You: " : "") + words;
}

function showPeople() {
    const shown = current();
    const today = dayOf(world.now);
    const people = shown.people.map((person) => ({
        ...person,
        open: Boolean(world.open && chosen && chosen.app === app && chosen.id === person.id),
        when: person.latest ? (dayOf(person.latest.at) === today ? TIME : SHORT_DAY).format(new Date(person.latest.at)) : "",
    }));
    reconcile(byId("people"), people, (person) => person.id, (person) =>
        make("li", {}, make("button", {
            type: "button", class: "owner", "aria-current": person.open ? "true" : undefined, title: person.id,
            onclick: () => choose({ app, id: person.id }),
        },
        make("span", { class: "avatar", "aria-hidden": "true" }, initials(person.name)),
        make("span", { class: "name", dir: "auto" }, person.name),
        make("span", { class: "when" }, person.when),
        make("span", { class: "last", dir: "auto" }, preview(person.latest)),
        person.unread && make("span", { class: "badge" }, String(person.unread), make("span", { class: "hidden" }, " unread")))));
    byId("nobody").hidden = people.length > 0;
    byId("more-people").hidden = shown.people_not_listed === 0;
    setText(byId("more-people"), shown.people_not_listed + " more are not listed: add one by the id to open them.");
}

function showClock() {
    const now = new Date(world.now);
    const time = TIME.format(now);
    setText(byId("bar-time"), time);
    setText(byId("lock-time"), time);
    setText(byId("lock-date"), DAY.format(now));
    setText(byId("now"), FULL.format(now));
    byId("now").dateTime = world.now;
    setText(byId("ahead"), world.ahead_seconds === 0
        ? "The platforms' clock, as it is now. It never goes back."
        : duration(world.ahead_seconds) + " ahead of this machine. It never goes back.");
}

function showWebhooks() {
    const { queued, automatic } = world.webhooks;
    const shown = current();
    const waiting = queued === 0 ? "None waits." : queued === 1 ? "1 waits." : queued + " wait.";
    setText(byId("hooks"), !shown.listens
        ? shown.title + " knows no address to deliver to yet. " + waiting
        : (automatic ? "They are delivered at once. " : "They are delivered when asked for. ") + waiting);
    byId("deliver").hidden = automatic || queued === 0 || !world.apps.some((each) => each.listens);
}

function chips(open) {
    const s = open.state;
    const list = [];
    const add = (kind, text) => list.push({ kind, text });
    if (open.app === "viber-business") {
        const there = s.registered && !s.blocked;
        add(there ? "good" : "stop", there ? "On Viber" : s.registered ? "Blocked the service" : "Left Viber");
    } else if (open.app === "viber") {
        if (!s.registered) {
            add("stop", "Left Viber");
        } else if (s.subscribed) {
            add("good", "Subscribed");
        } else {
            add("warn", "Not subscribed");
        }
    } else if (s.blocked) {
        add("stop", open.app === "instagram" ? "Blocked the account" : "Blocked the Page");
    } else if (!s.window_until) {
        add("warn", "Window never opened");
    } else {
        const left = Math.ceil((Date.parse(s.window_until) - Date.parse(world.now)) / 1000);
        if (left > 0) {
            add("good", "Window open until " + (dayOf(s.window_until) === dayOf(world.now) ? TIME : left < 6 * 86400 ? SOON : FULL).format(new Date(s.window_until)));
        } else {
            add("warn", "Window closed");
        }
    }
    if (open.app === "whatsapp") {
        add(s.marketing_stopped ? "stop" : "", s.marketing_stopped ? "Marketing stopped" : "Marketing not stopped");
    }
    for (const topic of s.topics ?? []) {
        add(topic.stopped ? "stop" : "good", topic.name + (topic.stopped ? ": stopped" : ": opted in"));
    }
    if (s.phone_off) {
        add("stop", "No network");
    }
    return list;
}

function showChat(open) {
    const shown = world.apps.find((each) => each.app === open.app);
    const line = shown.lines.find((each) => each.id === open.line);
    setText(byId("business"), line.name);
    setText(byId("avatar"), line.name.startsWith("+") ? "B" : initials(line.name));
    setText(byId("owner"), open.name + "’s " + shown.title + " · " + open.id);
    byId("line").hidden = shown.lines.length < 2;
    if (byId("line").options.length !== shown.lines.length || byId("line").dataset.app !== open.app) {
        byId("line").replaceChildren(...shown.lines.map((each) => make("option", { value: each.id }, each.name)));
        byId("line").dataset.app = open.app;
    }
    if (byId("line").value !== open.line) {
        byId("line").value = open.line;
    }
    setText(byId("bar-network"), open.state.phone_off ? "No network" : "5G");
    reconcile(byId("chips"), chips(open), (chip) => chip.text, (chip) => make("li", { class: chip.kind, dir: "auto" }, chip.text));
    showThread(open);
    showQuick(open);
    showKeyboard(open);
    showActs(open);
    const off = open.state.phone_off || Boolean(open.state.input_hidden);
    byId("text").disabled = off;
    byId("write").querySelector("button").disabled = off;
    byId("text").placeholder = open.state.phone_off ? "No network" : off ? "The business asks for a tap" : "Message";
}

function showThread(open) {
    const scroll = byId("scroll");
    const thread = byId("thread");
    const owner = open.app + " " + open.id + " " + open.line;
    if (thread.dataset.owner !== owner) {
        thread.replaceChildren();
        thread.dataset.owner = owner;
        stick = true;
    }
    stick = stick || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40;
    const texts = new Map(open.messages.map((message) => [message.id, message.text || "(" + message.type + ")"]));
    const rows = [];
    let day = "";
    for (const message of open.messages) {
        if (dayOf(message.at) !== day) {
            day = dayOf(message.at);
            rows.push({ id: "day " + day, day: message.at.slice(0, 10), label: DAY.format(new Date(message.at)) });
        }
        rows.push({ ...message, quoted: texts.get(message.reply_to) });
    }
    reconcile(thread, rows, (row) => row.id, (row) => (row.day ? make("p", { class: "day" }, row.label) : bubble(open, row)), mark);
    const greeting = open.state.greeting ?? "";
    byId("earlier").hidden = open.earlier === 0 && !greeting;
    setText(byId("earlier"), greeting || open.earlier + " earlier messages are not shown");
    byId("typing").hidden = !open.state.typing;
    if (stick) {
        scroll.scrollTop = scroll.scrollHeight;
        stick = false;
    }
}

function bubble(open, message) {
    const person = message.from === "person";
    return make("div", { class: "message " + message.from },
        make("span", { class: "hidden" }, (person ? open.name : "The business") + ": "),
        message.quoted && make("div", { class: "quote", dir: "auto" }, message.quoted),
        message.picture && picture(open, message),
        !message.picture && message.link && media(message),
        !message.picture && message.uploaded && make("span", { class: "media" }, kindOf(message) + (message.header ? ": " + message.header : "")),
        message.header && message.type !== "document" && make("div", { class: "heading", dir: "auto" }, message.header),
        body(message),
        ...(message.details ?? []).map((line) => make("div", { class: "detail", dir: "auto" }, line)),
        message.footer && make("div", { class: "footer", dir: "auto" }, message.footer),
        choices(open, message, message.choices),
        message.cards?.length && make("ul", { class: "cards", "aria-label": "Cards" }, ...message.cards.map((card) => cardOf(open, message, card))),
        message.reaction && make("div", { class: "kind" }, (person ? "The business" : open.name) + " reacted: " + message.reaction),
        make("div", { class: "meta" }, make("time", { datetime: message.at }, TIME.format(new Date(message.at))), make("span")));
}

const kindOf = (message) => message.type.charAt(0).toUpperCase() + message.type.slice(1);

/** What a message offers to tap: links lead elsewhere, answers go to the business, the rest is only shown. */
function choices(open, message, offered) {
    if (!offered?.length) {
        return null;
    }
    return make("ul", { class: "choices", "aria-label": "Offered" }, ...offered.map((choice) => {
        const words = [make("span", { dir: "auto" }, choice.title), choice.description && make("span", { class: "small", dir: "auto" }, choice.description)];
        const url = choice.url && webAddress(choice.url);
        if (url) {
            return make("li", {}, link(url, ...words));
        }
        return make("li", {}, choice.tap === undefined
            ? make("span", { class: "choice" }, ...words)
            : make("button", { type: "button", onclick: () => act("choose", choice.tap + " " + message.id, "tapped " + choice.title) }, ...words));
    }));
}

function cardOf(open, message, card) {
    if (card.keys) {
        const grid = make("li", { class: "grid" }, ...card.keys.map((key) => keyOf(key, card.columns, open.state.phone_off)));
        grid.style.gridTemplateColumns = columnsOf(card.columns);
        return grid;
    }
    const url = card.link && webAddress(card.link);
    return make("li", {},
        url && make("span", { class: "media" }, link(url, "Picture at " + url.host)),
        card.text && make("div", { class: "body", dir: "auto" }, card.text),
        choices(open, message, card.choices));
}

const columnsOf = (count) => "repeat(" + count + ", minmax(0, 1fr))";

/** A button of a grid, as wide and high as it is there; one that leads elsewhere is told to the business as well. */
function keyOf(key, columns, off) {
    const url = key.url && webAddress(key.url);
    const picture = key.picture && webAddress(key.picture);
    const words = [
        picture && make("span", { class: "small" }, "Picture at " + picture.host),
        key.title && make("span", { dir: "auto" }, key.title),
    ];
    const tap = () => act("choose", key.tap, "tapped " + (key.title || "a picture"));
    const node = url && !off
        ? make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", class: "key", onclick: tap }, ...words)
        : key.tap === undefined
            ? make("span", { class: "key shown" }, ...words)
            : make("button", { type: "button", class: "key", disabled: off, "aria-label": key.title || picture ? undefined : "Button without words", onclick: tap }, ...words);
    node.style.gridColumn = "span " + Math.min(key.columns, columns);
    node.style.minHeight = key.rows * 2 + "rem";
    const colour = /^#[0-9a-f]{6}$/i.test(key.background ?? "") ? key.background : null;
    if (colour) {
        const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
        node.style.backgroundColor = colour;
        node.style.color = red * 0.299 + green * 0.587 + blue * 0.114 > 140 ? "#111111" : "#ffffff";
    }
    return node;
}

function showKeyboard(open) {
    const keys = open.app === "viber" ? open.state.keyboard : [];
    byId("keys").hidden = keys.length === 0;
    byId("keys").style.gridTemplateColumns = columnsOf(open.state.keyboard_columns ?? 6);
    const off = Boolean(open.state.phone_off);
    reconcile(byId("keys"), keys.map((key, index) => ({ ...key, index, off })), (key) => String(key.index), (key) =>
        keyOf(key, open.state.keyboard_columns, key.off));
}

const KINDS = { reaction: "Reaction", button: "Tapped", interactive: "Tapped", postback: "Tapped" };

function body(message) {
    if (!message.text) {
        return message.picture || message.link || message.uploaded ? null : make("div", { class: "kind" }, "(" + message.type + ")");
    }
    const text = make("div", { class: "body", dir: "auto" });
    if (KINDS[message.type]) {
        text.append(make("span", { class: "kind" }, KINDS[message.type] + ": "));
    }
    for (const part of message.text.split(/(https?:\/\/[^\s<>"]+)/)) {
        const url = /^https?:/.test(part) ? webAddress(part) : null;
        text.append(url ? link(url, part) : part);
    }
    return text;
}

const link = (url, ...children) => make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, ...children);

function picture(open, message) {
    const address = API + "picture?" + new URLSearchParams({ app: open.app, id: open.id, line: open.line, message: message.id });
    const image = make("img", { src: address, alt: message.text ? "Picture: " + message.text : "Picture without words" });
    image.addEventListener("load", () => {
        const scroll = byId("scroll");
        if (scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < image.height + 60) {
            scroll.scrollTop = scroll.scrollHeight;
        }
    });
    return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, image);
}

function media(message) {
    const url = webAddress(message.link);
    const kind = kindOf(message);
    return url
        ? make("span", { class: "media" }, link(url, kind + " at " + url.host), make("span", { class: "hidden" }, ", opens elsewhere"))
        : make("span", { class: "media" }, kind + " at an address that cannot be opened");
}

/** Ticks change while the message stays, so that nobody hears it twice. */
function mark(node, row) {
    if (row.day) {
        return;
    }
    const tick = row.from === "person" ? (row.read ? " ✓✓ Read" : " ✓ Sent") : row.read ? "" : " · Unread";
    setText(node.querySelector(".meta > span"), tick);
}

function showQuick(open) {
    const off = Boolean(open.state.phone_off);
    const buttons = [{ key: "STOP", label: "STOP", stop: true, off }];
    const keys = open.app === "messenger" ? open.state.menu : [];
    keys.forEach((key, index) => buttons.push({ key: index + " " + key, label: key, off }));
    reconcile(byId("quick"), buttons, (button) => button.key, (button) =>
        make("button", {
            type: "button", class: button.stop ? "danger" : "", disabled: button.off, dir: "auto",
            "aria-label": button.stop ? "Write STOP" : undefined,
            onclick: () => (button.stop ? act("write", "STOP", "wrote STOP") : act("tap", button.label)),
        }, button.label));
}

function showActs(open) {
    setText(byId("acts-heading"), "What " + open.name + " can do");
    const state = open.state;
    const unread = open.messages.filter((message) => message.from === "business" && !message.read).length;
    const acts = APPS[open.app].acts
        .filter(([, , offered]) => offered(state))
        .map(([name, label, , style]) => ({ key: name, name, label, style: style ?? "", off: state.phone_off }));
    for (const topic of state.topics ?? []) {
        const name = topic.stopped ? "resume_topic" : "stop_topic";
        acts.push({
            key: name + " " + topic.name, name, text: topic.name, off: state.phone_off, style: topic.stopped ? "" : "danger",
            label: (topic.stopped ? "Resume “" : "Stop “") + topic.name + "”",
        });
    }
    acts.push({ key: "read", name: "read", label: unread ? "Mark as read (" + unread + ")" : "Mark as read", style: "", off: unread === 0 });
    acts.push(state.phone_off
        ? { key: "network", name: "phone_on", label: "Come back online", style: "" }
        : { key: "network", name: "phone_off", label: "Lose the network", style: "" });
    reconcile(byId("acts"), acts, (item) => item.key, (item) =>
        make("button", { type: "button", class: item.style, disabled: item.off, dir: "auto", onclick: () => act(item.name, item.text) }, item.label));
    byId("opt-in").hidden = open.app !== "messenger";
}

let opener = null;

/** Opened by one of two buttons, to which the focus returns. */
function panel(by) {
    document.body.dataset.panel = by ? "open" : "";
    for (const button of document.querySelectorAll(".opens")) {
        button.setAttribute("aria-expanded", String(Boolean(by)));
    }
    (by ? byId("close") : opener)?.focus();
    opener = by;
}

// What the one at the keyboard does.

byId("apps").addEventListener("keydown", (event) => {
    const names = world.apps.map((each) => each.app); // as they stand
    const steps = { ArrowRight: 1, ArrowLeft: -1 };
    const to = event.key === "Home" ? 0 : event.key === "End" ? names.length - 1
        : event.key in steps ? (names.indexOf(app) + steps[event.key] + names.length) % names.length : -1;
    if (to >= 0) {
        event.preventDefault();
        pick(names[to]);
        show();
        byId("tab-" + app)?.focus();
    }
});

byId("add").addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const on = app;
    attempt(async () => {
        const made = await post("people", { app: on, id: APPS[on].clean(form.elements.id.value.trim()), name: form.elements.name.value.trim() });
        form.reset();
        say("Added.");
        choose({ app: on, id: made.id });
    });
});

byId("write").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = byId("text").value;
    if (text.trim()) {
        byId("text").value = "";
        act("write", text);
    }
});

byId("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        byId("write").requestSubmit();
    }
});

byId("opt-in").addEventListener("submit", (event) => {
    event.preventDefault();
    const topic = byId("topic").value.trim();
    if (topic) {
        event.target.reset();
        act("opt_in", topic);
    }
});

const moveAhead = (seconds) => attempt(async () => {
    await post("clock", { seconds });
    say("The clock moved ahead by " + duration(seconds) + ".");
});

for (const button of document.querySelectorAll("[data-ahead]")) {
    button.addEventListener("click", () => moveAhead(Number(button.dataset.ahead)));
}

byId("clock").addEventListener("submit", (event) => {
    event.preventDefault();
    moveAhead(Math.round(Number(byId("ahead-by").value) * Number(byId("unit").value)));
});

byId("deliver").addEventListener("click", () => attempt(async () => {
    const { made, acknowledged } = await post("deliveries", {});
    say(acknowledged + " of " + made + " webhooks were acknowledged.");
}));

byId("line").addEventListener("change", () => choose({ ...chosen, line: byId("line").value }));
byId("back").addEventListener("click", () => {
    const key = chosen?.id;
    choose(null);
    [...byId("people").children].find((node) => node.dataset.key === key)?.querySelector("button").focus();
});
for (const button of document.querySelectorAll(".opens")) {
    button.addEventListener("click", () => panel(document.body.dataset.panel === "open" ? null : button));
}
byId("close").addEventListener("click", () => panel(null));
document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.dataset.panel === "open") {
        panel(null);
    }
});
document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
        refresh();
    }
});
addEventListener("hashchange", readAddress);
readAddress();
