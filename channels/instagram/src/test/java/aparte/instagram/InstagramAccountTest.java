package aparte.instagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.DeliveryFailure;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InstagramAccountTest {
    private static final Address ZOE = new Address(Address.Kind.INSTAGRAM_IGSID, Examples.IGSID, Examples.ACCOUNT);

    @StartStop
    final MockWebServer server = new MockWebServer();

    private InstagramAccount.Builder builder() {
        return InstagramAccount.builder(Examples.ACCOUNT, () -> "secret-token")
                .baseUri(server.url("/").uri())
                .http(HttpSettings.builder().callTimeout(Duration.ofSeconds(2)).build());
    }

    private void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    @Nested
    class WhenItSubscribes {
        @Test
        void names_all_fields_that_are_read() throws IOException, InterruptedException {
            answers(200, "{\"success\":true}");

            builder().build().subscribe();

            RecordedRequest request = server.takeRequest();
            assertThat(request.getRequestLine()).isEqualTo("POST /v26.0/17841400000000001/subscribed_apps HTTP/1.1");
            assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
            assertThat(request.getBody().utf8())
                    .isEqualTo(
                            "{\"subscribed_fields\":\"comments,live_comments,message_edit,message_reactions,messages,"
                                    + "messaging_optins,messaging_postbacks,messaging_referral,messaging_seen,standby\"}");
        }

        @Test
        void names_those_that_a_page_has_too() throws IOException, InterruptedException {
            answers(200, "{\"success\":\"true\"}");

            builder().throughPage("300000000000002").build().subscribe();

            RecordedRequest request = server.takeRequest();
            assertThat(request.getTarget()).isEqualTo("/v26.0/300000000000002/subscribed_apps");
            assertThat(request.getBody().utf8())
                    .isEqualTo(
                            "{\"subscribed_fields\":\"message_reactions,messages,messaging_optins,messaging_postbacks,"
                                    + "standby\"}");
        }

        @Test
        void refuses_malformed_fields() {
            InstagramAccount account = builder().build();

            assertThatThrownBy(() -> account.subscribe(Set.of())).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> account.subscribe(Set.of("a,b"))).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void says_that_it_was_not_done() {
            answers(200, "{\"success\":false}");

            assertThatThrownBy(() -> builder().build().subscribe()).isInstanceOf(CallRefusedException.class);
        }

        @Test
        void reads_and_ends_subscriptions() throws IOException, InterruptedException {
            answers(
                    200,
                    "{\"data\":[{\"id\":\"42\",\"name\":\"x\",\"subscribed_fields\":[\"messages\",7,null]},9],\"paging\":{}}");
            answers(200, "{\"success\":true}");
            InstagramAccount account = builder().build();

            assertThat(account.subscriptions())
                    .containsExactly(new InstagramAccount.Subscription("42", Set.of("messages", "7")));
            account.unsubscribe();

            server.takeRequest();
            assertThat(server.takeRequest().getRequestLine()).startsWith("DELETE ");
        }
    }

    @Nested
    class WhenItReadsAProfile {
        @Test
        void asks_for_what_a_person_shows() throws IOException, InterruptedException {
            answers(200, "{\"name\":\"Zo\\u00e9\",\"username\":\"zoe.lyon\",\"id\":\"1\"}");

            InstagramAccount.Profile profile = builder().build().profile(ZOE);

            assertThat(profile)
                    .isEqualTo(new InstagramAccount.Profile(
                            Optional.of("Zo\u00e9"), Optional.of("zoe.lyon"), Optional.empty()));
            assertThat(server.takeRequest().getTarget())
                    .isEqualTo("/v26.0/8000000000000001?fields=name%2Cusername%2Cprofile_pic");
        }

        @Test
        void says_that_the_person_must_write_first() {
            answers(400, "{\"error\":{\"code\":230,\"type\":\"OAuthException\"}}");

            assertThatThrownBy(() -> builder().build().profile(ZOE))
                    .asInstanceOf(InstanceOfAssertFactories.type(CallRefusedException.class))
                    .extracting(refused -> refused.failure().kind())
                    .isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
        }

        @Test
        void takes_ids_of_its_own_people_alone() {
            InstagramAccount account = builder().build();

            assertThatThrownBy(() -> account.profile(new Address(Address.Kind.INSTAGRAM_IGSID, "1", "2")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> account.profile(new Address(Address.Kind.MESSENGER_PSID, "1", Examples.ACCOUNT)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(
                            () -> account.profile(new Address(Address.Kind.INSTAGRAM_IGSID, "../me", Examples.ACCOUNT)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void is_built_with_care() {
        assertThatThrownBy(() -> builder()
                        .baseUri(URI.create("http://graph.example.org"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(builder().graphVersion("v25.0").appSecret("SECRET").build().toString())
                .doesNotContain("SECRET", "secret-token")
                .contains(Examples.ACCOUNT);
        assertThat(builder().build().sender().value()).isEqualTo(Examples.ACCOUNT);
    }
}
