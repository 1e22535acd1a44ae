package attack;

import aparte.Content;
import aparte.Message;
import aparte.Purpose;

/** The purpose that needs no consent, on a message of the host's own. */
public final class InternalPurpose {
    private InternalPurpose() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            Message message =
                    Message.of(scene.victim, Purpose.CONSENT_CONFIRMATION, Content.text("You are unsubscribed. Buy now!"));
            return scene.gate().send(message);
        });
    }
}
