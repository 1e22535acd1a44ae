// A person at a browser: chooses a phone on the simulator's page, reads, writes, stops, by mouse and by keyboard.
import { chromium } from "playwright-core";

const { PHONE, CHROMIUM, PERSON } = process.env;
const say = (what, value) => console.log(JSON.stringify({ what, value }));

const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
});

try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-GB", timezoneId: "Europe/Paris" });
    page.setDefaultTimeout(20_000);
    page.on("console", (message) => message.type() === "error" && say("error", message.text()));
    page.on("pageerror", (error) => say("error", error.message));
    page.on("dialog", (dialog) => say("error", "dialog: " + dialog.message()));
    page.on("request", (request) => !request.url().startsWith(new URL(PHONE).origin) && say("error", "asked " + request.url()));

    await page.goto(PHONE);
    await page.getByRole("button", { name: /^Ana/ }).click();
    await page.getByLabel("Message to the business").fill("Hello <b>you</b>");
    await page.keyboard.press("Enter");
    await page.locator(".message.person").getByText("Hello <b>you</b>").waitFor();
    say("wrote", true);

    const answer = page.locator(".message.business");
    await answer.waitFor();
    say("seen", await answer.locator(".body").textContent());
    say("markup", await page.locator(".message img, .message b").count());
    say("unread", await page.getByRole("button", { name: /^Mark as read/ }).textContent());

    await page.getByRole("button", { name: "Write STOP" }).click();
    await page.locator(".message.person").getByText("STOP", { exact: true }).waitFor();
    say("stopped", await page.locator(".message").count());

    await page.getByRole("button", { name: "Stop marketing messages" }).click();
    await page.getByRole("list", { name: "State" }).getByText("Marketing stopped").waitFor();
    say("marketing", true);

    await page.getByRole("button", { name: "+ 1 week" }).click();
    await page.getByRole("list", { name: "State" }).getByText("Window closed").waitFor();
    await page.reload();
    await page.locator(".message.person").getByText("STOP", { exact: true }).waitFor();
    say("reloaded", await page.locator("#chips").textContent());

    await page.getByRole("tab", { name: /^WhatsApp/ }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    say("tab", await page.evaluate(() => document.activeElement.textContent));
    await page.getByLabel("Name").fill("Eva Martin");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "What Eva Martin can do" }).waitFor();
    await page.getByRole("button", { name: "Block the Page" }).focus();
    await page.keyboard.press("Space");
    await page.getByRole("list", { name: "State" }).getByText("Blocked the Page").waitFor();
    say("blocked", await page.evaluate(() => document.activeElement.tagName));

    const tree = await page.locator("body").ariaSnapshot();
    say("unnamed", tree.split("\n").filter((line) => /^\s*- (button|textbox|combobox|spinbutton|tab|list|group|region|log)(:|\s*\[|\s*$)/.test(line)));

    for (const width of [360, 768, 1100, 1440]) {
        await page.setViewportSize({ width, height: 740 });
        say("overflow", await page.evaluate(() => document.documentElement.scrollWidth - innerWidth));
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("button", { name: /^What the person can do/ }).click();
    await page.getByRole("button", { name: "Unblock the Page" }).click();
    await page.getByRole("button", { name: "Unblock the Page" }).waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Back to the people" }).click();
    await page.getByRole("button", { name: /^Eva Martin/ }).waitFor();
    say("narrow", true);

    await page.getByRole("tab", { name: /^Instagram/ }).click();
    await page.getByLabel("Name").fill("Zoe Martin");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^What the person can do/ }).click();
    await page.getByRole("button", { name: "Block the account" }).click();
    await page.getByRole("button", { name: "Unblock the account" }).waitFor();
    say("account", await page.locator("#chips").textContent());
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Back to the people" }).click();

    const odd = await browser.newPage();
    await odd.goto(PHONE + "#toString");
    await odd.getByRole("tab", { name: /^WhatsApp/, selected: true }).waitFor({ timeout: 10_000 });
    say("odd", await odd.locator("#alert").isHidden());
    await odd.close();

    const other = await browser.newPage();
    await other.goto("data:text/html,<p>another page</p>");
    const body = JSON.stringify({ app: "whatsapp", id: PERSON, act: "write", text: "forged" });
    await other.evaluate(
        ([to, sent]) => Promise.allSettled([
            fetch(to, { method: "POST", mode: "no-cors", body: sent }),
            fetch(to, { method: "POST", headers: { "Content-Type": "application/json" }, body: sent }),
        ]),
        [new URL("/phone/api/acts", PHONE).href, body],
    );
    say("forged", true);

    await page.getByRole("tab", { name: /^WhatsApp/ }).click();
    await page.getByRole("button", { name: /^Ana/ }).click();
    say("ready", true);
    const offer = page.locator(".message.business", { has: page.locator(".choices") });
    await offer.waitFor();
    say("offer", await offer.locator(".heading, .body, .footer, .choices li").allTextContents());
    say("leads", await offer.getByRole("link").getAttribute("href"));
    await offer.getByRole("button", { name: "Tell me more" }).click();
    await page.locator(".message.person").getByText("Tapped: Tell me more").waitFor();
    say("tapped", await page.evaluate(() => document.documentElement.scrollWidth - innerWidth));

    await page.getByRole("button", { name: "Back to the people" }).click();
    await page.getByRole("tab", { name: /^Viber/ }).click();
    await page.getByRole("button", { name: /^Ben/ }).click();
    const keys = page.getByRole("group", { name: "Keyboard" });
    await keys.getByRole("button", { name: "Oui" }).waitFor();
    say("keys", await keys.locator(".key").allTextContents());
    say("key", await keys.locator(".key").first().evaluate((key) => [
        key.getBoundingClientRect().width > 2.5 * key.nextElementSibling.getBoundingClientRect().width,
        getComputedStyle(key).backgroundColor, getComputedStyle(key).color,
    ]));
    await keys.getByRole("button", { name: "Oui" }).click();
    await page.locator(".message.person").getByText("YES", { exact: true }).waitFor();
    const cards = page.locator(".cards .grid");
    say("cards", await cards.count());
    say("page", await cards.getByRole("link", { name: "Picture at cdn.example" }).getAttribute("href"));
    await cards.getByRole("button", { name: "Choisir" }).click();
    await page.locator(".message.person").getByText("RED", { exact: true }).waitFor();
    say("wide", await page.evaluate(() => document.documentElement.scrollWidth - innerWidth));
} finally {
    await browser.close();
}
say("bye");
