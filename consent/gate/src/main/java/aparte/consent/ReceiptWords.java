package aparte.consent;

import aparte.ConsentEntry;
import aparte.LegalBasis;
import aparte.Purpose;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words of a receipt, in English or French. */
final class ReceiptWords {
    private final boolean french;

    private ReceiptWords(boolean french) {
        this.french = french;
    }

    static ReceiptWords in(Locale language) {
        return new ReceiptWords(language.getLanguage().equals("fr"));
    }

    Locale language() {
        return french ? Locale.FRENCH : Locale.ENGLISH;
    }

    String say(String english, String inFrench) {
        return french ? inFrench : english;
    }

    String withdrawal(String controller) {
        return say(
                "Reply STOP to any message of " + controller + ", or tell " + controller
                        + " in any other way. It costs nothing, needs no reason and takes effect at once.",
                "Répondez STOP à n’importe quel message de " + controller + ", ou dites-le à " + controller
                        + " de toute autre manière. C’est gratuit, sans motif à donner, et cela prend effet aussitôt.");
    }

    String purposes(Collection<Purpose> purposes) {
        return purposes.stream()
                .filter(purpose -> !purpose.isInternal())
                .map(this::purpose)
                .collect(Collectors.joining(", "));
    }

    String purpose(Purpose purpose) {
        return switch (purpose) {
            case AUTHENTICATION -> say("sign-in codes", "codes de connexion");
            case TRANSACTIONAL -> say("orders and bookings", "commandes et réservations");
            case SERVICE -> say("customer service", "service client");
            case NEWS -> say("news", "actualités");
            case MARKETING -> say("offers", "offres");
            case ENGAGEMENT -> say("games and surveys", "jeux et sondages");
            case CONSENT_REQUEST -> say("requests for agreement", "demandes d’accord");
            case CONSENT_CONFIRMATION -> say("confirmations of an opt-out", "confirmations de désinscription");
        };
    }

    String kind(ConsentEntry.Kind kind) {
        return switch (kind) {
            case REQUESTED -> say("You asked to be asked", "Vous avez demandé à être sollicité(e)");
            case PENDING -> say("We asked you to confirm", "Nous vous avons demandé de confirmer");
            case GRANTED -> say("You agreed", "Vous avez donné votre accord");
            case CONFIRMED -> say("You confirmed", "Vous avez confirmé");
            case RENEWED -> say("You agreed again", "Vous avez renouvelé votre accord");
            case REFUSED -> say("You refused", "Vous avez refusé");
            case WITHDRAWN -> say("You withdrew", "Vous avez retiré votre accord");
            case OBJECTED -> say("You objected to marketing", "Vous vous êtes opposé(e) à la prospection");
            case HELD -> say("A reply of yours waits for a decision", "Une de vos réponses attend une décision");
            case RELEASED -> say("We decided on a reply of yours", "Nous avons statué sur une de vos réponses");
            case EXPIRED -> say("The agreement ended by time", "L’accord est arrivé à son terme");
            case INVALIDATED -> say("The agreement was declared void", "L’accord a été déclaré nul");
            case PLATFORM_STOP -> say("You stopped us on the platform", "Vous nous avez arrêtés sur la plateforme");
            case PLATFORM_RESUME -> say("The stop on the platform ended", "L’arrêt sur la plateforme a pris fin");
            case SUPPRESSED -> say("You are not to be contacted", "Vous ne devez pas être contacté(e)");
            case UNSUPPRESSED -> say("You may be contacted again", "Vous pouvez de nouveau être contacté(e)");
            case IMPORTED -> say("Taken over from elsewhere, without proof", "Repris d’ailleurs, sans preuve");
            case CORRECTED -> say("We corrected a mistake of ours", "Nous avons corrigé une erreur de notre part");
            case LINKED -> say("Addresses known as yours", "Adresses connues comme les vôtres");
            case UNLINKED -> say("Addresses known as not yours together", "Adresses reconnues comme distinctes");
            case USED -> say("The agreement was used", "L’accord a été utilisé");
            case ERASED -> say("Your data were erased", "Vos données ont été effacées");
        };
    }

    String method(ConsentEntry.Method method) {
        return switch (method) {
            case CHECKBOX -> say("a box that you ticked", "une case que vous avez cochée");
            case REPLY_KEYWORD -> say("a reply", "une réponse");
            case DOUBLE_OPT_IN_REPLY -> say("the answer to our question", "la réponse à notre question");
            case BUTTON -> say("a button", "un bouton");
            case VERBAL -> say("told to us", "dit de vive voix");
            case PAPER -> say("on paper", "sur papier");
            case PLATFORM_SIGNAL -> say("reported by the platform", "signalé par la plateforme");
            case IMPORT -> say("taken over from another system", "repris d’un autre système");
            case API -> say("recorded by a program", "enregistré par un programme");
        };
    }

    String basis(LegalBasis basis) {
        return switch (basis) {
            case CONSENT -> say("consent", "consentement");
            case CONTRACT -> say("contract", "contrat");
            case SOFT_OPT_IN -> say("customer relationship", "relation client");
            case LEGITIMATE_INTEREST -> say("legitimate interest", "intérêt légitime");
            case LEGAL_OBLIGATION -> say("legal duty", "obligation légale");
        };
    }
}
