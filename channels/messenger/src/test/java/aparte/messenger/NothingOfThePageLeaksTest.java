package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Media;
import aparte.channel.http.HttpSettings;
import aparte.messenger.MessengerMedia.Kind;
import aparte.messenger.MessengerPeople.Action;
import aparte.messenger.MessengerPeople.Field;
import aparte.messenger.MessengerProfile.Item;
import aparte.messenger.MessengerProfile.Menu;
import aparte.messenger.MessengerProfile.Question;
import aparte.simulator.Fault;
import aparte.simulator.MessengerSettings;
import aparte.simulator.Simulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Makes every call of the account, also with mishaps, and looks for secrets in all that was thrown or shown. */
class NothingOfThePageLeaksTest {
    private static final String PSID = "24680001357924999";
    private static final String TOKEN = "EAAG-token-never-shown";
    private static final String SECRET = "app-secret-never-shown";
    private static final String WORDS = "Ana-Prenom-never-shown";
    private static final Address ANA = new Address(Address.Kind.MESSENGER_PSID, PSID, Examples.PAGE);
    private static final URI PICTURE = URI.create("https://cdn.example.org/" + WORDS);

    private final StringBuilder shown = new StringBuilder();

    private interface Step {
        Object run() throws IOException;
    }

    private void show(Step step) {
        try {
            shown.append(step.run()).append('\n');
        } catch (IOException | RuntimeException thrown) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            shown.append(trace).append('\n');
        }
    }

    @Test
    void shows_no_person_no_token_and_no_text() {
        MessengerSettings settings =
                MessengerSettings.builder().accessToken(TOKEN).appSecret(SECRET).build();
        try (Simulator simulator = Simulator.builder().messenger(settings).start()) {
            simulator.messenger().person(PSID).named(WORDS, WORDS);
            MessengerPage page = MessengerPage.builder(Examples.PAGE, () -> TOKEN)
                    .baseUri(simulator.baseUri())
                    .appSecret(SECRET)
                    .http(HttpSettings.builder()
                            .callTimeout(Duration.ofSeconds(2))
                            .build())
                    .build();
            converse(page);
            for (Fault fault : List.of(
                    Fault.hangUp(),
                    Fault.cutOffAnswer(),
                    Fault.unreadableAnswer(),
                    Fault.expiredToken(),
                    Fault.status(
                            400,
                            "application/json",
                            "{\"error\":{\"code\":551,\"message\":\"" + PSID + "\",\"fbtrace_id\":\"call " + PSID
                                    + "\"}}"))) {
                simulator.failNext("/v26.0/", fault);
                show(() -> page.people().profile(ANA));
                simulator.failNext("/thread_owner", fault);
                show(() -> page.routing().owner(ANA));
                simulator.failNext("/personas", fault);
                show(() -> page.personas().create(WORDS, PICTURE));
            }
        }

        assertThat(shown.toString())
                .contains("Profile[…]", "Persona[", "IllegalArgumentException", "CallRefusedException", "Owner[")
                .doesNotContain(PSID, TOKEN, SECRET, WORDS);
    }

    private void converse(MessengerPage page) {
        show(() -> page);
        show(page::media);
        show(page::people);
        show(page::personas);
        show(page::routing);
        show(page::labels);
        show(page::templates);
        MessengerProfile profile = MessengerProfile.builder()
                .getStarted(WORDS)
                .greeting(WORDS)
                .questions(new Question("Où ?", WORDS))
                .menu(Menu.of(new Item.Postback("Leave", WORDS)))
                .build();
        show(() -> profile);
        show(() -> {
            page.profile(profile);
            return page.profile();
        });
        show(() -> {
            page.profile(
                    MessengerProfile.builder().getStarted(WORDS.repeat(100)).build());
            return "";
        });
        show(() -> page.people().profile(ANA, EnumSet.allOf(Field.class)));
        show(() -> {
            page.people().moderate(List.of(ANA), Set.of(Action.BLOCK, Action.UNBLOCK));
            return "";
        });
        show(() -> page.personas().fetch(page.personas().create(WORDS, PICTURE)));
        show(() -> page.personas().create(WORDS.repeat(3), PICTURE));
        show(() -> page.routing().owner(ANA));
        show(() -> page.routing().owner(new Address(Address.Kind.MESSENGER_PSID, PSID, "2")));
        show(() -> {
            page.routing().pass(ANA, "99", WORDS);
            return "";
        });
        show(() -> page.labels().of(ANA));
        show(() -> page.templates()
                .create(UtilityTemplate.builder("a", Locale.US)
                        .body("{{1}}", WORDS)
                        .build()));
        show(() -> page.media().upload(Kind.IMAGE, WORDS.getBytes(StandardCharsets.UTF_8)));
        show(() -> page.media().upload(Kind.IMAGE, PICTURE));
        show(() -> page.media().download(Media.link(PICTURE), 9));
    }
}
