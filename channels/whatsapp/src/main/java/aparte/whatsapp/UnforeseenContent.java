package aparte.whatsapp;

import aparte.ChannelId;

/** Never instantiated. Permitted, so that hosts write the branch for contents that WhatsApp has not yet. */
final class UnforeseenContent implements WhatsAppContent {
    private UnforeseenContent() {}

    @Override
    public ChannelId channel() {
        return ChannelId.WHATSAPP;
    }
}
