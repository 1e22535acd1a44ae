package aparte.whatsapp;

import aparte.Content;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Spreads the parameters of {@link Content.Template} over a template: those of the body by the names of its blanks; that of
 * the header by its name, or as {@code header} where it is numbered; that of a button as {@code button.0} and so on; a
 * one-time code as {@code 1}. Media, offers and cards need {@link TemplateMessage}.
 */
final class TemplateSpread {
    private static final String HEADER = "header";
    private static final String BUTTON = "button.";

    private TemplateSpread() {}

    static TemplateMessage over(TemplateDefinition definition, Content.Template content, List<String> unknown) {
        TemplateMessage.Builder message = TemplateMessage.builder(content.name(), content.language());
        Map<String, String> left = new TreeMap<>(content.parameters());
        if (definition.category().equals(TemplateCategory.AUTHENTICATION)) {
            String code = left.remove("1");
            if (code != null) {
                message.oneTimeCode(code);
            }
        } else {
            header(definition, message, left);
            for (String blank :
                    definition.body().map(TemplateDefinition.Text::blanks).orElse(List.of())) {
                String value = left.remove(blank);
                if (value != null) {
                    message.named(blank, value);
                }
            }
            for (int i = 0; i < definition.buttons().size() && i <= TemplateParts.LAST_BUTTON; i++) {
                String value = left.get(BUTTON + i);
                if (value != null && button(definition.buttons().get(i), i, value, message)) {
                    left.remove(BUTTON + i);
                }
            }
        }
        left.keySet().forEach(name -> unknown.add("it has no parameter " + name));
        return message.build();
    }

    private static void header(
            TemplateDefinition definition, TemplateMessage.Builder message, Map<String, String> left) {
        List<String> blanks = definition
                .header()
                .map(header -> TemplateText.blanks(header.text()))
                .orElse(List.of());
        if (!blanks.isEmpty()) {
            String name = TemplateText.isPositional(blanks.get(0)) ? HEADER : blanks.get(0);
            boolean alsoInBody = definition
                    .body()
                    .filter(body -> body.blanks().contains(name))
                    .isPresent();
            String value = alsoInBody ? left.get(name) : left.remove(name);
            if (value != null) {
                message.headerText(value);
            }
        }
    }

    private static boolean button(TemplateButton button, int index, String value, TemplateMessage.Builder message) {
        if (button instanceof TemplateButton.QuickReply) {
            message.quickReply(index, value);
        } else if (button instanceof TemplateButton.Url url && url.hasBlank()) {
            message.urlSuffix(index, value);
        } else if (button instanceof TemplateButton.CopyCode) {
            message.copyCode(index, value);
        } else if (button instanceof TemplateButton.Flow) {
            message.flow(index, value, Map.of());
        } else if (button instanceof TemplateButton.Catalogue) {
            message.catalogue(index, value);
        } else {
            return false;
        }
        return true;
    }
}
