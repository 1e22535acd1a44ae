package aparte;

/**
 * The legal entity that decides: the brand, not the host application and not the provider.
 *
 * <p>One gate and one ledger view per controller; several brands in one CRM do not share consents.
 *
 * @param id the host's stable id of the brand, at most 64 visible ASCII characters
 * @param name the name that people know, as it appears in a confirmation; at most 100 characters, no link
 */
public record Controller(String id, String name) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one is malformed
     */
    public Controller {
        Check.token(id, "controller id", 64);
        Check.text(name, "controller name");
        if (name.length() > 100 || name.contains("://") || Address.lower(name).contains("www.")) {
            throw new IllegalArgumentException(
                    "controller name must be the brand's name: at most 100 characters, and no link");
        }
    }
}
