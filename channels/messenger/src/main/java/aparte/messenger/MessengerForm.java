package aparte.messenger;

import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What asks the person for more than a reply: their opinion, where to ship to, or whether they want notifications. The answer
 * comes back as {@link MessengerAnswer}, a wish for notifications as an opt-in signal, which is evidence and opens nothing.
 *
 * <p>Limits count code points; those named here are of 2026-11, Messenger Platform, templates.
 */
public sealed interface MessengerForm extends MessengerContent
        permits MessengerForm.Feedback,
                MessengerForm.Shipping,
                MessengerForm.Notifications,
                MessengerForm.OneNotification {
    /**
     * Asks for an opinion: one question, and a text beside it if wanted. Sent inside the standard window only, since the tag that
     * once carried it later is no longer documented.
     *
     * @param title the first line, at most 65 code points
     * @param subtitle the second line, at most 80 code points
     * @param button the label that opens the form, at most 20 code points
     * @param question what is asked
     * @param privacy the page of the business's privacy policy
     * @param days how many days it can be answered, 1 to 7
     */
    record Feedback(String title, String subtitle, String button, Question question, URI privacy, int days)
            implements MessengerForm {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank
         */
        public Feedback {
            Words.require(title, "feedback title");
            Words.require(subtitle, "feedback subtitle");
            Words.require(button, "feedback button");
            Objects.requireNonNull(question, "question");
            Objects.requireNonNull(privacy, "privacy");
        }

        /** Makes a form that can be answered for a day, as Messenger has it by default. */
        public Feedback(String title, String subtitle, String button, Question question, URI privacy) {
            this(title, subtitle, button, question, privacy, 1);
        }

        @Override
        public String toString() {
            return "Feedback[" + question.scale() + "]";
        }

        /**
         * The question.
         *
         * @param id what comes back with the answer: 1 to 80 letters, digits and underscores
         * @param scale how it is answered
         * @param title the question itself, 5 to 85 code points; Messenger's own words for the scale if empty
         * @param textHint what stands in the field for a text beside the score, at most 65 code points; no field if empty
         */
        public record Question(String id, Scale scale, Optional<String> title, Optional<String> textHint) {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if a text is blank
             */
            public Question {
                Words.require(id, "question id");
                Objects.requireNonNull(scale, "scale");
                Words.require(title, "question title");
                Words.require(textHint, "text hint");
            }

            /** Makes a question in Messenger's own words, with a score only. */
            public Question(String id, Scale scale) {
                this(id, scale, Optional.empty(), Optional.empty());
            }

            @Override
            public String toString() {
                return "Question[" + scale + "]";
            }
        }

        /** How a question is answered. */
        public enum Scale {
            /** How satisfied the person is, 1 to 5. */
            SATISFACTION("csat"),
            /** How likely the person recommends the business, 0 to 10. */
            RECOMMENDATION("nps"),
            /** How easy it was, 1 to 7. */
            EFFORT("ces"),
            /** In the person's own words. */
            TEXT("free_form");

            private final String word;

            Scale(String word) {
                this.word = word;
            }

            String word() {
                return word;
            }
        }
    }

    /**
     * Asks where to ship to: name, address, telephone number.
     *
     * @param countries the countries that are shipped to, at least one, ISO 3166 codes of two letters such as {@code FR}
     * @param privacy the page of the business's privacy policy
     * @param days how many days it can be answered, 1 to 7
     */
    record Shipping(List<String> countries, URI privacy, int days) implements MessengerForm {
        private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a country's code is none
         */
        public Shipping {
            countries = List.copyOf(countries);
            if (!COUNTRIES.containsAll(countries)) {
                throw new IllegalArgumentException("country must be an ISO 3166 code of two letters such as FR");
            }
            Objects.requireNonNull(privacy, "privacy");
        }

        @Override
        public String toString() {
            return "Shipping[" + countries.size() + " countries]";
        }
    }

    /**
     * Asks whether the person wants the notifications of a topic: Meta's older way, which goes on for people in the European
     * Union, the United Kingdom, Japan, South Korea and Australia, and for apps that were admitted before 2025-09. Their tap comes
     * as an opt-in signal with a {@linkplain MessengerAddresses#TOKEN token}; that it agrees to promotion under the law is for the
     * host to judge and to record. Messenger takes one such question for a topic.
     *
     * @param topic what comes back with the token, at most 1,000 code points
     * @param title what the notifications are about, at most 65 code points; Messenger's own words if empty
     * @param picture a picture above, by its address
     * @param zone the person's time zone, if it is known
     */
    record Notifications(String topic, Optional<String> title, Optional<URI> picture, Optional<ZoneId> zone)
            implements MessengerForm {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank
         */
        public Notifications {
            Words.require(topic, "topic");
            Words.require(title, "notifications title");
            Objects.requireNonNull(picture, "picture");
            Objects.requireNonNull(zone, "zone");
        }

        /** Makes a question without picture and time zone. */
        public Notifications(String topic, String title) {
            this(topic, Optional.of(title), Optional.empty(), Optional.empty());
        }

        @Override
        public String toString() {
            return "Notifications[…]";
        }
    }

    /**
     * Asks whether the person wants one message later. Their tap comes as an opt-in signal with a
     * {@linkplain MessengerAddresses#ONE_TIME_TOKEN token} for it. As of 2026-11 Meta's new documents no longer have it.
     *
     * @param topic what comes back with the token, at most 1,000 code points
     * @param title what the message will be about, at most 65 code points
     */
    record OneNotification(String topic, String title) implements MessengerForm {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank
         */
        public OneNotification {
            Words.require(topic, "topic");
            Words.require(title, "notification title");
        }

        @Override
        public String toString() {
            return "OneNotification[…]";
        }
    }
}
