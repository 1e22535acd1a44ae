package aparte.simulator;

import java.util.List;
import java.util.Optional;

/**
 * A card of a carousel.
 *
 * @param text what it says; empty if nothing
 * @param mediaId the uploaded picture or video
 * @param link the address of the picture or video
 * @param choices what it offers to tap
 */
public record WhatsAppCard(String text, Optional<String> mediaId, Optional<String> link, List<WhatsAppChoice> choices) {
    /** Copies the choices. */
    public WhatsAppCard {
        choices = List.copyOf(choices);
    }

    /** How much there is to tap, nothing of what it says. */
    @Override
    public String toString() {
        return "WhatsAppCard[choices=" + choices.size() + "]";
    }
}
