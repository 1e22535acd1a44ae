package aparte.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a message of the business lets a person tap.
 *
 * @param body the send as it came
 * @param status how far the message came
 */
record WhatsAppOffer(Map<String, Object> body, WhatsAppMessage.Status status) {
    /** Something to tap; {@code type} is that of the reply, {@code button} for a quick reply of a template. */
    record Choice(String type, String id, String title, Optional<String> description) {}

    /** Whether this is an interactive message of that type. */
    boolean isInteractive(String type) {
        return at(body, "interactive")
                .filter(content -> type.equals(content.get("type")))
                .isPresent();
    }

    boolean isTemplate() {
        return body.containsKey("template");
    }

    boolean hasArrived() {
        return status != WhatsAppMessage.Status.SENT && status != WhatsAppMessage.Status.FAILED;
    }

    /** Reply buttons and list rows. The labels of a template's quick replies stand in its definition, not in the send. */
    List<Choice> choices() {
        List<Choice> choices = new ArrayList<>();
        Optional<Map<String, Object>> action = at(body, "interactive").flatMap(content -> at(content, "action"));
        for (Map<String, Object> button : list(action, "buttons")) {
            at(button, "reply").ifPresent(reply -> choices.add(choice("button_reply", reply)));
        }
        for (Map<String, Object> section : list(action, "sections")) {
            for (Map<String, Object> row : list(Optional.of(section), "rows")) {
                choices.add(choice("list_reply", row));
            }
        }
        return choices;
    }

    /** The payloads that the send gave to the quick replies of its template. */
    List<String> payloads() {
        List<String> payloads = new ArrayList<>();
        for (Map<String, Object> component : list(at(body, "template"), "components")) {
            if (String.valueOf(component.get("sub_type"))
                    .toLowerCase(Locale.ROOT)
                    .equals("quick_reply")) {
                for (Map<String, Object> parameter : list(Optional.of(component), "parameters")) {
                    WhatsAppParameters.text(parameter, "payload").ifPresent(payloads::add);
                }
            }
        }
        return payloads;
    }

    private static Choice choice(String type, Map<String, Object> shown) {
        return new Choice(
                type,
                WhatsAppParameters.text(shown, "id").orElse(""),
                WhatsAppParameters.text(shown, "title").orElse(""),
                WhatsAppParameters.text(shown, "description"));
    }

    private static Optional<Map<String, Object>> at(Map<String, Object> object, String name) {
        return WhatsAppParameters.object(object, name);
    }

    private static List<Map<String, Object>> list(Optional<Map<String, Object>> object, String name) {
        return object.map(found -> WhatsAppParameters.objects(found, name)).orElse(List.of());
    }
}
