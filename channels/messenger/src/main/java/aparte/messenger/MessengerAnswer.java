package aparte.messenger;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What people send on Messenger and no other channel knows: answers to forms, a cart, what they share, what cannot be shown here. It
 * comes in received messages and is never sent. No {@code toString} shows what was said.
 */
public sealed interface MessengerAnswer extends MessengerContent
        permits MessengerAnswer.Feedback,
                MessengerAnswer.Shipping,
                MessengerAnswer.Cart,
                MessengerAnswer.CouponRevealed,
                MessengerAnswer.Lead,
                MessengerAnswer.FormSent,
                MessengerAnswer.Shared,
                MessengerAnswer.ProductsShared,
                MessengerAnswer.Appointment,
                MessengerAnswer.Unsupported {
    /**
     * The answer to {@link MessengerForm.Feedback}. Its free texts are read as a reply, for an opt-out may be in them.
     *
     * @param scores what was answered
     */
    record Feedback(List<Score> scores) implements MessengerAnswer {
        /** Copies the answers. */
        public Feedback {
            scores = List.copyOf(scores);
        }

        @Override
        public List<String> writtenTexts() {
            return scores.stream()
                    .flatMap(score ->
                            (score.scale().equals("free_form") ? Optional.of(score.value()) : score.text()).stream())
                    .toList();
        }

        @Override
        public String toString() {
            return "Feedback[" + scores.size() + " scores]";
        }

        /**
         * One answer.
         *
         * @param question the question's id
         * @param scale Meta's word for how it was answered, such as {@code csat}
         * @param value the score, or the text where the scale is {@code free_form}; may be empty
         * @param text the text beside the score
         */
        public record Score(String question, String scale, String value, Optional<String> text) {
            /** Checks the parts. */
            public Score {
                Objects.requireNonNull(question, "question");
                Objects.requireNonNull(scale, "scale");
                Objects.requireNonNull(value, "value");
                Objects.requireNonNull(text, "text");
            }

            @Override
            public String toString() {
                return "Score[…]";
            }
        }
    }

    /**
     * The answer to {@link MessengerForm.Shipping}.
     *
     * @param fields what was given, by Meta's names, such as {@code name} or {@code postal_code}, in their order
     */
    record Shipping(Map<String, String> fields) implements MessengerAnswer {
        /** Copies the fields. */
        public Shipping {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String toString() {
            return "Shipping[" + fields.size() + " fields]";
        }
    }

    /**
     * A cart that the person sent from the Page's shop.
     *
     * @param lines what is in it
     * @param note what the person wrote beside it; read as a reply
     */
    record Cart(List<Line> lines, Optional<String> note) implements MessengerAnswer {
        /** Copies the lines. */
        public Cart {
            lines = List.copyOf(lines);
            Objects.requireNonNull(note, "note");
        }

        @Override
        public List<String> writtenTexts() {
            return note.stream().toList();
        }

        @Override
        public String toString() {
            return "Cart[" + lines.size() + " lines]";
        }

        /**
         * A product in the cart; each part as Meta writes it, empty where it does not.
         *
         * @param id the product's id
         * @param retailerId the host's own id of it
         * @param name its name
         * @param unitPrice what one costs
         * @param currency ISO 4217 code
         * @param quantity how many
         */
        public record Line(
                String id, String retailerId, String name, String unitPrice, String currency, String quantity) {
            /** Checks the parts. */
            public Line {
                Objects.requireNonNull(id, "id");
                Objects.requireNonNull(retailerId, "retailerId");
                Objects.requireNonNull(name, "name");
                Objects.requireNonNull(unitPrice, "unitPrice");
                Objects.requireNonNull(currency, "currency");
                Objects.requireNonNull(quantity, "quantity");
            }

            @Override
            public String toString() {
                return "Line[…]";
            }
        }
    }

    /**
     * The person looked at the code of a {@link MessengerContent.Coupon}.
     *
     * @param code the code
     * @param payload what the coupon carried
     */
    record CouponRevealed(Optional<String> code, Optional<String> payload) implements MessengerAnswer {
        /** Checks the parts. */
        public CouponRevealed {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(payload, "payload");
        }

        @Override
        public String toString() {
            return "CouponRevealed[…]";
        }
    }

    /**
     * The answers to the questions of an ad's form. Which ad it was stands in the source's details. They are read as a reply, for
     * an opt-out may be in them.
     *
     * @param complete whether all was answered
     * @param answers the answers by question, in their order
     */
    record Lead(boolean complete, Map<String, String> answers) implements MessengerAnswer {
        /** Copies the answers. */
        public Lead {
            answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        }

        @Override
        public List<String> writtenTexts() {
            return List.copyOf(answers.values());
        }

        @Override
        public String toString() {
            return "Lead[" + answers.size() + " answers]";
        }
    }

    /**
     * A form of the Page that the person filled in inside the conversation; its answers are fetched from Graph.
     *
     * @param id the form's id
     */
    record FormSent(String id) implements MessengerAnswer {
        /** Checks the part. */
        public FormSent {
            Objects.requireNonNull(id, "id");
        }

        @Override
        public String toString() {
            return "FormSent[…]";
        }
    }

    /**
     * A post or a film that the person shared.
     *
     * @param kind Meta's word for it, such as {@code reel} or {@code ig_post}
     * @param link where it is, for a while
     * @param title its title
     * @param id its id
     */
    record Shared(String kind, Optional<URI> link, Optional<String> title, Optional<String> id)
            implements MessengerAnswer {
        /** Checks the parts. */
        public Shared {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(link, "link");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(id, "id");
        }

        @Override
        public String toString() {
            return "Shared[…]";
        }
    }

    /**
     * Products of the Page's catalogue that the person asks about.
     *
     * @param ids the products' ids
     */
    record ProductsShared(List<String> ids) implements MessengerAnswer {
        /** Copies the ids. */
        public ProductsShared {
            ids = List.copyOf(ids);
        }

        @Override
        public String toString() {
            return "ProductsShared[" + ids.size() + " products]";
        }
    }

    /**
     * An appointment that was asked for, confirmed, declined or cancelled.
     *
     * @param booking its id
     * @param status Meta's word for what became of it
     * @param from when it begins
     * @param to when it ends
     * @param zone the time zone, as Meta writes it
     */
    record Appointment(
            String booking, String status, Optional<Instant> from, Optional<Instant> to, Optional<String> zone)
            implements MessengerAnswer {
        /** Checks the parts. */
        public Appointment {
            Objects.requireNonNull(booking, "booking");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(zone, "zone");
        }

        @Override
        public String toString() {
            return "Appointment[…]";
        }
    }

    /** Something that the person sent and Messenger does not hand on to Pages. */
    record Unsupported() implements MessengerAnswer {}
}
