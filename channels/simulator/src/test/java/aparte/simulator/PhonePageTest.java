package aparte.simulator;

import static aparte.simulator.PhoneClient.person;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that looks like a person's phone, over HTTP: what is served, to whom, and what is refused. */
class PhonePageTest {
    private static final String ANA = "+33639980001";
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final String WRITE = """
            {"app":"whatsapp","id":"+33639980001","act":"write","text":"Hello"}""";

    @AutoClose
    private final Simulator simulator =
            Simulator.builder().clock(Clock.fixed(TEN, ZoneOffset.UTC)).start();

    private final PhoneClient phone = new PhoneClient(simulator);

    @Nested
    class ThePage {
        @Test
        void is_where_the_simulator_says() {
            assertThat(simulator.phone()).isEqualTo(simulator.baseUri().resolve("/phone"));
            assertThat(phone.get("/phone").statusCode()).isEqualTo(200);
            assertThat(phone.get("/phone/").body())
                    .isEqualTo(phone.get("/phone").body());
        }

        @ParameterizedTest
        @CsvSource({
            "/phone, text/html; charset=UTF-8",
            "/phone/phone.css, text/css; charset=UTF-8",
            "/phone/phone.js, text/javascript; charset=UTF-8",
            "/phone/phone.svg, image/svg+xml"
        })
        void is_made_of_files_of_its_own_that_name_nothing_elsewhere(String path, String type) {
            HttpResponse<String> file = phone.get(path);

            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.headers().firstValue("content-type")).contains(type);
            assertThat(file.body().replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                    .doesNotContain("http://")
                    .doesNotContain("https://")
                    .doesNotContainIgnoringCase("@import")
                    .doesNotContain("url(");
        }

        @Test
        void admits_no_script_or_style_but_its_files() {
            HttpResponse<String> page = phone.get("/phone");

            assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                    .contains("frame-ancestors 'none'", "base-uri 'none'", "trusted-types 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.body())
                    .doesNotContain("<style")
                    .doesNotContainPattern("<script(?![^>]* src=)")
                    .doesNotContainPattern("\\son[a-z]+=")
                    .doesNotContain(" style=");
        }

        @Test
        void writes_no_markup_by_script() {
            assertThat(phone.get("/phone/phone.js").body())
                    .doesNotContain("innerHTML")
                    .doesNotContain("outerHTML")
                    .doesNotContain("insertAdjacentHTML")
                    .doesNotContain("document.write")
                    .doesNotContain("eval(");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/phone", "/phone/phone.js", "/phone/api/state", "/phone/api/none"})
        void is_neither_kept_nor_framed_nor_guessed_at(String path) {
            var headers = phone.get(path).headers();

            assertThat(headers.firstValue("cache-control")).contains("no-store");
            assertThat(headers.firstValue("x-frame-options")).contains("DENY");
            assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
            assertThat(headers.firstValue("cross-origin-resource-policy")).contains("same-origin");
            assertThat(headers.firstValue("referrer-policy")).contains("no-referrer");
            assertThat(headers.firstValue("content-security-policy")).isPresent();
        }

        @Test
        void leaves_the_platforms_alone() {
            simulator.failNext(Fault.serviceUnavailable());

            phone.get("/phone");
            phone.get("/phone/api/state");

            assertThat(simulator.pendingFaults()).isEqualTo(1);
            assertThat(simulator.requests()).isEmpty();
            assertThat(simulator.requestCount()).isZero();
        }
    }

    @Nested
    class AForeignCaller {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "attacker.example",
                    "127.0.0.1.attacker.example",
                    "localhost.attacker.example:80",
                    "attacker.example#localhost",
                    "192.168.1.7",
                    ""
                })
        void is_refused_whose_name_was_bent_to_loopback(String host) {
            assertThat(phone.statusFor(host, "/phone")).contains(" 403 ");
            assertThat(phone.statusFor(host, "/phone/api/state")).contains(" 403 ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "127.1.2.3", "[::1]:8080"})
        void is_none_who_names_loopback(String host) {
            assertThat(phone.statusFor(host, "/phone/api/state")).contains(" 200 ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://attacker.example",
                    "null",
                    "http://localhost",
                    "http://127.0.0.1:1",
                    "http://127.0.0.1.attacker.example"
                })
        void is_refused_whose_page_is_another(String origin) {
            simulator.whatsApp().person(ANA);

            HttpResponse<String> answer = phone.exchange(
                    "POST", "/phone/api/acts", WRITE, "Content-Type", "application/json", "Origin", origin);

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(error(answer)).isEqualTo("foreign_origin");
            assertThat(simulator.webhooks().queued()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"cross-site", "same-site"})
        void is_refused_whom_the_browser_says_to_be_one(String site) {
            HttpResponse<String> answer = phone.get("/phone/api/state", "Sec-Fetch-Site", site);

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(error(answer)).isEqualTo("foreign_origin");
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""})
        void cannot_post_what_a_form_could(String contentType) {
            simulator.whatsApp().person(ANA);

            HttpResponse<String> answer = phone.exchange("POST", "/phone/api/acts", WRITE, "Content-Type", contentType);

            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(error(answer)).isEqualTo("not_json");
            assertThat(simulator.webhooks().queued()).isZero();
        }

        @Test
        void changes_nothing_by_GET() {
            simulator.whatsApp().person(ANA);

            HttpResponse<String> answer =
                    phone.get("/phone/api/acts" + person("whatsapp", ANA) + "&act=write&text=Hello");

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(error(answer)).isEqualTo("method_not_allowed");
            assertThat(simulator.webhooks().queued()).isZero();
        }

        @Test
        void is_told_nothing_in_a_preflight() {
            HttpResponse<String> answer =
                    phone.exchange("OPTIONS", "/phone/api/acts", "", "Origin", "https://attacker.example");

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.headers().firstValue("access-control-allow-origin"))
                    .isEmpty();
        }
    }

    @Nested
    class ARequestThatMakesNoSense {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "acts   | []                                                                      | 400 | malformed",
                    "acts   | {'app':'whatsapp','id':'+33639980001','act':'write'}                    | 400 | malformed",
                    "acts   | {'app':'whatsapp','id':'+33639980001','act':'write','text':' '}         | 400 | malformed",
                    "acts   | {'app':'whatsapp','id':'+33639980001','act':'write','text':['a']}       | 400 | malformed",
                    "acts   | {'app':'whatsapp','id':'+33639980001','act':'subscribe'}                | 400 | unknown_act",
                    "acts   | {'app':'viber','id':'v','act':'stop_marketing'}                         | 400 | unknown_act",
                    "acts   | {'app':'messenger','id':'7','act':'subscribe'}                          | 400 | unknown_act",
                    "acts   | {'app':'messenger','id':'7','act':'tap','text':'No such item'}          | 400 | malformed",
                    "acts   | {'app':'whatsapp','id':'+33639980009','act':'read'}                     | 404 | unknown_person",
                    "acts   | {'app':'whatsapp','id':'+33639980001','line':'9','act':'read'}          | 404 | unknown_line",
                    "acts   | {'app':'telex','id':'1','act':'read'}                                   | 404 | unknown_app",
                    "people | {'app':'whatsapp','id':'0639980001'}                                    | 400 | malformed",
                    "people | {'app':'whatsapp','id':'+33639980000'}                                  | 400 | malformed",
                    "people | {'app':'messenger','id':'seven'}                                        | 400 | malformed",
                    "people | {'app':'messenger','id':'300000000000001'}                              | 400 | malformed",
                    "clock  | {'seconds':-1}                                                          | 400 | malformed",
                    "clock  | {'seconds':1.5}                                                         | 400 | malformed",
                    "clock  | {'seconds':34560001}                                                    | 400 | malformed",
                    "clock  | {}                                                                      | 400 | malformed",
                    "deliveries | {'all':1}                                                           | 400 | malformed",
                    "state  | {}                                                                      | 405 | method_not_allowed",
                    "none   | {}                                                                      | 404 | not_found"
                })
        void is_refused_with_its_type(String name, String body, int status, String type) {
            simulator.whatsApp().person(ANA);
            simulator.viber().person("v");
            simulator.messenger().person("7");

            HttpResponse<String> answer = phone.post("/phone/api/" + name, body.replace('\'', '"'));

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(error(answer)).isEqualTo(type);
            assertThat(Tree.of(answer.body()).text("error", "message")).isNotBlank();
            assertThat(simulator.webhooks().queued()).isZero();
            assertThat(simulator.now()).isEqualTo(TEN);
        }

        @Test
        void is_refused_if_it_is_too_large() {
            HttpResponse<String> answer = phone.post("/phone/api/acts", "{\"text\":\"" + "a".repeat(65_536) + "\"}");

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(error(answer)).isEqualTo("too_large");
        }

        @Test
        void is_refused_with_a_text_longer_than_any_platform_takes() {
            simulator.whatsApp().person(ANA);

            assertThat(error(phone.act("whatsapp", ANA, "write", "a".repeat(10_001))))
                    .isEqualTo("malformed");
        }

        @Test
        void is_told_nothing_of_what_it_said() {
            HttpResponse<String> answer = phone.get("/phone/api/state" + person("whatsapp", "+33639987777"));

            assertThat(answer.body()).doesNotContain("33639987777");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/phone/phone.html", "/phone/%2e%2e/module-info.class", "/phone/api/"})
        void finds_no_other_file(String path) {
            assertThat(phone.get(path).statusCode()).isEqualTo(404);
        }

        @Test
        void is_refused_where_only_files_are() {
            assertThat(phone.exchange("POST", "/phone", "{}", "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(405);
        }
    }

    @Nested
    class TheClock {
        @Test
        void is_shown() {
            assertThat(state().text("now")).isEqualTo("2026-11-23T10:00:00Z");
            assertThat(state().text("ahead_seconds")).isEqualTo("0");
        }

        @Test
        void moves_ahead() {
            HttpResponse<String> answer = phone.post("/phone/api/clock", "{\"seconds\":86400}");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(simulator.now()).isEqualTo(TEN.plus(Duration.ofDays(1)));
            assertThat(state().text("ahead_seconds")).isEqualTo("86400");
        }
    }

    @Nested
    class TheWebhooks {
        @Test
        void are_counted_while_they_wait() {
            simulator.whatsApp().person(ANA).writes("Hello");

            assertThat(state().text("webhooks", "queued")).isEqualTo("1");
            assertThat(state().text("webhooks", "automatic")).isEqualTo("false");
            assertThat(state().text("apps", 0, "listens")).isEqualTo("false");
        }

        @Test
        void are_delivered_when_asked_for() {
            try (Host host = new Host()) {
                simulator.whatsApp().webhookTo(host.uri());
                simulator.whatsApp().person(ANA).writes("Hello");

                HttpResponse<String> answer = phone.post("/phone/api/deliveries", "{}");

                assertThat(Tree.of(answer.body()).text("acknowledged")).isEqualTo("1");
                assertThat(host.received()).hasSize(1);
                assertThat(state().text("apps", 0, "listens")).isEqualTo("true");
            }
        }

        @Test
        void are_known_to_be_delivered_by_themselves() {
            simulator.webhooks().deliverAutomatically();

            assertThat(state().text("webhooks", "automatic")).isEqualTo("true");
        }
    }

    private Tree state() {
        return Tree.of(phone.get("/phone/api/state").body());
    }

    private static String error(HttpResponse<String> answer) {
        return Tree.of(answer.body()).text("error", "type");
    }
}
