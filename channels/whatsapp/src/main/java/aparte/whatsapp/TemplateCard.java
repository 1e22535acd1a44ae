package aparte.whatsapp;

import aparte.Media;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a message gives to one card of a template's carousel. Immutable. */
public final class TemplateCard {
    private final TemplateParts parts;

    private TemplateCard(TemplateParts parts) {
        this.parts = parts;
    }

    /** Returns a builder of a card with a picture, JPEG or PNG of up to 5 MiB. */
    public static Builder image(Media media) {
        return new Builder(new TemplateParts.File("image", Objects.requireNonNull(media, "media"), Optional.empty()));
    }

    /** Returns a builder of a card with a film. */
    public static Builder video(Media media) {
        return new Builder(new TemplateParts.File("video", Objects.requireNonNull(media, "media"), Optional.empty()));
    }

    /** Returns a builder of a card with a product, by the shop's id of it and Meta's id of the catalogue. */
    public static Builder product(String product, String catalogue) {
        return new Builder(new TemplateParts.Product(
                Words.require(product, "product id"), Words.require(catalogue, "catalogue id")));
    }

    TemplateParts parts() {
        return parts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TemplateCard that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return "TemplateCard[" + parts.body().size() + " parameters]";
    }

    /** Builds a {@link TemplateCard}. Not thread-safe. */
    public static final class Builder {
        private final TemplateParts.Maker maker = new TemplateParts.Maker();

        private Builder(TemplateParts.Head header) {
            maker.header(header);
        }

        /** Fills the next numbered blanks of the card's text. */
        public Builder body(String... values) {
            for (String value : values) {
                maker.next(new TemplateValue.Text(value));
            }
            return this;
        }

        /** Fills a named blank of the card's text. */
        public Builder named(String name, String value) {
            maker.named(name, new TemplateValue.Text(value));
            return this;
        }

        /** Sets what comes back when a quick reply is tapped; its label by default. */
        public Builder quickReply(int index, String payload) {
            maker.button(index, new TemplateParts.Payload(Words.require(payload, "payload")));
            return this;
        }

        /** Completes the address that a button opens. */
        public Builder urlSuffix(int index, String suffix) {
            maker.button(index, new TemplateParts.Suffix(Words.require(suffix, "end of an address")));
            return this;
        }

        /** Returns the card. */
        public TemplateCard build() {
            return new TemplateCard(maker.parts());
        }
    }
}
