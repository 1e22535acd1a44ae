package aparte.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a call beside messages, and how they are asked for.
 *
 * <p>131008 where one is missing, 100 where it is of the wrong type or too long; lengths count code points.
 */
record WhatsAppParameters(Map<String, Object> values) {
    static WhatsAppParameters of(Call call) throws GraphRefusal {
        return new WhatsAppParameters(GraphParameters.of(call)
                .orElseThrow(() -> WhatsAppError.refusal(100, "The body is not what its content type says."))
                .values());
    }

    /** Those of a call that must name WhatsApp as its product. */
    static WhatsAppParameters ofWhatsApp(Call call) throws GraphRefusal {
        WhatsAppParameters parameters = of(call);
        if (!parameters.demanded("messaging_product", 64).equals("whatsapp")) {
            throw WhatsAppError.refusal(100, "Param messaging_product must be one of [whatsapp].");
        }
        return parameters;
    }

    Optional<String> text(String name, int most) throws GraphRefusal {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            throw WhatsAppError.refusal(100, "Param " + name + " is not of the right JSON type.");
        }
        if (text.codePointCount(0, text.length()) > most) {
            throw WhatsAppError.refusal(100, "Param " + name + " must be at most " + most + " characters long.");
        }
        return Optional.of(text);
    }

    String demanded(String name, int most) throws GraphRefusal {
        return text(name, most)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> WhatsAppError.refusal(131008, "The parameter " + name + " is required."));
    }

    Optional<String> word(String name, List<String> words) throws GraphRefusal {
        Optional<String> word = text(name, 64);
        if (word.isPresent() && !words.contains(word.get())) {
            throw WhatsAppError.refusal(100, "Param " + name + " must be one of " + words + ".");
        }
        return word;
    }

    /** A list that has at least one item. */
    List<?> list(String name) throws GraphRefusal {
        if (values.get(name) instanceof List<?> list && !list.isEmpty()) {
            return list;
        }
        throw WhatsAppError.refusal(
                values.containsKey(name) ? 100 : 131008,
                "The parameter " + name + " must be a list with at least one item.");
    }

    /** The texts under {@code user} in the objects of a list. */
    List<String> users(String name) throws GraphRefusal {
        List<String> users = new ArrayList<>();
        for (Map<String, Object> item : WhatsAppTree.objects(list(name))) {
            users.add(new WhatsAppParameters(item).demanded("user", 512));
        }
        if (users.isEmpty()) {
            throw WhatsAppError.refusal(100, "Param " + name + " must be a list of objects.");
        }
        return users;
    }
}
