package aparte.whatsapp;

import java.util.Currency;
import java.util.Objects;

/**
 * What fills a blank in a template's body. Values check only that there is something; lengths are judged in the plan, with
 * the text around them. No {@code toString} shows a value.
 */
public sealed interface TemplateValue {
    /** Returns the text as the person reads it; for money and time, where the app cannot write it by itself. */
    String shown();

    /**
     * Text.
     *
     * @param shown the text, not blank
     */
    record Text(String shown) implements TemplateValue {
        /**
         * Checks the text.
         *
         * @throws IllegalArgumentException if it is blank or holds half a character
         */
        public Text {
            Words.require(shown, "template parameter");
        }

        @Override
        public String toString() {
            return "Text[…]";
        }
    }

    /**
     * An amount of money, which the app writes as the person is used to.
     *
     * @param shown how it reads where the app cannot write it, such as {@code 12,50 €}
     * @param amount the amount in minor units, such as cents
     * @param currency ISO 4217 code, such as {@code EUR}
     */
    record Money(String shown, long amount, String currency) implements TemplateValue {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the text is blank, the code is none of ISO 4217, or the amount is too large
         */
        public Money {
            Words.require(shown, "money of a template");
            thousandths(amount, currency);
        }

        /** The amount times 1,000, as WhatsApp counts it. */
        long thousandths() {
            return thousandths(amount, currency);
        }

        private static long thousandths(long amount, String code) {
            int digits = Currency.getInstance(code).getDefaultFractionDigits();
            if (digits < 0 || digits > 3) {
                throw new IllegalArgumentException("money of a template cannot be in " + code + ": write it as text");
            }
            long factor = 1;
            for (int i = digits; i < 3; i++) {
                factor *= 10;
            }
            try {
                return Math.multiplyExact(amount, factor);
            } catch (ArithmeticException tooLarge) {
                throw new IllegalArgumentException("money of a template is too large: write it as text", tooLarge);
            }
        }

        @Override
        public String toString() {
            return "Money[…]";
        }
    }

    /**
     * A date or a time.
     *
     * @param shown how it reads, in the person's language and zone
     */
    record Moment(String shown) implements TemplateValue {
        /**
         * Checks the text.
         *
         * @throws IllegalArgumentException if it is blank or holds half a character
         */
        public Moment {
            Words.require(shown, "time of a template");
        }

        @Override
        public String toString() {
            return "Moment[…]";
        }
    }

    /**
     * A group to join, in an invitation.
     *
     * @param id WhatsApp's id of the group
     */
    record Group(String id) implements TemplateValue {
        /**
         * Checks the id.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Group {
            Words.require(Objects.requireNonNull(id, "id"), "group of a template");
        }

        /** Returns a sign: the app shows the group itself. */
        @Override
        public String shown() {
            return "…";
        }

        @Override
        public String toString() {
            return "Group[…]";
        }
    }
}
