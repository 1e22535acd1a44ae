package aparte.whatsapp;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A button of a template's definition. The family may grow: read it with {@code instanceof} and end with a branch for what
 * is not known.
 */
public sealed interface TemplateButton {
    /** Returns what the person reads on it; empty where WhatsApp writes it. */
    String label();

    /**
     * Answers with its label, or with the payload that a message gives.
     *
     * @param label what the person reads, at most 25 characters
     */
    record QuickReply(String label) implements TemplateButton {
        /** Checks the part. */
        public QuickReply {
            Objects.requireNonNull(label, "label");
        }
    }

    /**
     * Opens a page.
     *
     * @param label what the person reads, at most 25 characters
     * @param url the address, at most 2,000 characters; may end with one blank, such as <code>{{1}}</code>
     * @param example what the blank may hold; needed to create one with a blank
     */
    record Url(String label, String url, Optional<String> example) implements TemplateButton {
        /** Checks the parts. */
        public Url {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(example, "example");
        }

        /** Makes a button that always opens the same page. */
        public Url(String label, String url) {
            this(label, url, Optional.empty());
        }

        /** Tells whether each message completes the address. */
        public boolean hasBlank() {
            return !TemplateText.blanks(url).isEmpty();
        }
    }

    /**
     * Calls a number of the business.
     *
     * @param label what the person reads, at most 25 characters
     * @param number the number, at most 20 characters
     */
    record Phone(String label, String number) implements TemplateButton {
        /** Checks the parts. */
        public Phone {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(number, "number");
        }
    }

    /**
     * Copies a coupon code that each message gives.
     *
     * @param example a code, at most 20 characters
     */
    record CopyCode(String example) implements TemplateButton {
        /** Checks the part. */
        public CopyCode {
            Objects.requireNonNull(example, "example");
        }

        @Override
        public String label() {
            return "";
        }
    }

    /**
     * Hands over the one-time code of an authentication template.
     *
     * @param how Meta's word: {@code COPY_CODE}, {@code ONE_TAP} or {@code ZERO_TAP}
     * @param label what the person reads to copy it; empty leaves it to WhatsApp
     * @param apps the apps that may take it, for one and zero taps
     */
    record OneTimeCode(String how, String label, List<App> apps) implements TemplateButton {
        /** Copies the apps. */
        public OneTimeCode {
            Objects.requireNonNull(how, "how");
            Objects.requireNonNull(label, "label");
            apps = List.copyOf(apps);
        }

        /** Makes a button that copies the code. */
        public static OneTimeCode copied() {
            return new OneTimeCode("COPY_CODE", "", List.of());
        }
    }

    /**
     * An Android app that takes one-time codes.
     *
     * @param packageName its package
     * @param signatureHash the hash of its signing key
     */
    record App(String packageName, String signatureHash) {
        /** Checks the parts. */
        public App {
            Objects.requireNonNull(packageName, "packageName");
            Objects.requireNonNull(signatureHash, "signatureHash");
        }
    }

    /**
     * Starts a flow.
     *
     * @param label what the person reads, at most 25 characters
     * @param flowId Meta's id of the flow
     * @param screen the first screen; without one the flow's endpoint is asked
     */
    record Flow(String label, String flowId, Optional<String> screen) implements TemplateButton {
        /** Checks the parts. */
        public Flow {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(flowId, "flowId");
            Objects.requireNonNull(screen, "screen");
        }
    }

    /**
     * Opens the catalogue.
     *
     * @param label what the person reads
     */
    record Catalogue(String label) implements TemplateButton {
        /** Checks the part. */
        public Catalogue {
            Objects.requireNonNull(label, "label");
        }
    }

    /**
     * Opens several products, which each message names.
     *
     * @param label what the person reads
     */
    record Products(String label) implements TemplateButton {
        /** Checks the part. */
        public Products {
            Objects.requireNonNull(label, "label");
        }
    }

    /**
     * Opens the product of the header.
     *
     * @param label what the person reads
     */
    record Product(String label) implements TemplateButton {
        /** Checks the part. */
        public Product {
            Objects.requireNonNull(label, "label");
        }
    }

    /**
     * A button that the library does not know. A message gives it nothing.
     *
     * @param type Meta's word
     * @param label what the person reads
     */
    record Other(String type, String label) implements TemplateButton {
        /** Checks the parts. */
        public Other {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(label, "label");
        }
    }
}
