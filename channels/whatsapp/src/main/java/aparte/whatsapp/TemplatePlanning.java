package aparte.whatsapp;

import aparte.Address;
import aparte.Content;
import aparte.Identity;
import aparte.Lane;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import aparte.SenderId;
import aparte.consent.Draft;
import aparte.consent.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What WhatsApp would do with a draft of a template. Looks into the catalogue, and nowhere else. Thread-safe. */
final class TemplatePlanning {
    private static final int NAMED_IN_A_HINT = 5;
    private static final Set<String> US_AREA_CODES = usAreaCodes();

    private final SenderId sender;
    private final TemplateCatalog catalog;
    private final Lane window;
    private final @Nullable MarketingMessages marketing; // none where that lane is off
    private final boolean marketingToUnitedStates;

    TemplatePlanning(
            SenderId sender,
            TemplateCatalog catalog,
            Lane window,
            @Nullable MarketingMessages marketing,
            boolean marketingToUnitedStates) {
        this.sender = sender;
        this.catalog = catalog;
        this.window = window;
        this.marketing = marketing;
        this.marketingToUnitedStates = marketingToUnitedStates;
    }

    static boolean isTemplate(Content content) {
        return content instanceof Content.Template || content instanceof TemplateMessage;
    }

    /**
     * The plan of a template.
     *
     * @param to the address that other content would go to
     * @param members for a group, everybody in it; empty for a person
     */
    Plan plan(Draft draft, Address to, List<Identity> members) {
        Content content = draft.message().content();
        String name;
        String language;
        if (content instanceof TemplateMessage message) {
            name = message.name();
            language = TemplateDefinition.codeOf(message.language());
        } else {
            Content.Template shared = (Content.Template) content;
            if (shared.language().getLanguage().isEmpty()) {
                return cannot(Reason.UNSUPPORTED, "the template's language is not named: give one");
            }
            name = shared.name();
            language = TemplateDefinition.codeOf(shared.language());
        }
        TemplateDefinition definition = catalog.find(name, language).orElse(null);
        if (definition == null) {
            return unknown(name, language);
        }
        if (!definition.status().equals(TemplateStatus.APPROVED)) {
            return cannot(
                    Reason.UNSUPPORTED,
                    "template " + name + " (" + language + ") is " + definition.status()
                            + ", and WhatsApp sends approved ones only");
        }
        Optional<Lane> lane = lane(definition, to);
        if (lane.isEmpty()) {
            return cannot(
                    Reason.UNSUPPORTED,
                    "template " + name + " (" + language + ") is of category " + definition.category()
                            + ", of which it is not known what it may be sent for");
        }
        TemplateCheck.Result result = content instanceof TemplateMessage message
                ? TemplateCheck.of(definition, message, sender)
                : TemplateCheck.of(definition, (Content.Template) content, sender);
        if (result.refusal() != null) {
            return new Plan.Cannot(result.refusal());
        }
        return carry(draft, to, members, lane.get(), definition, result);
    }

    private Plan carry(
            Draft draft,
            Address to,
            List<Identity> members,
            Lane lane,
            TemplateDefinition definition,
            TemplateCheck.Result result) {
        Address receiver = to;
        if (definition.category().equals(TemplateCategory.AUTHENTICATION)) {
            Optional<Address> phone = draft.address(Address.Kind.PHONE);
            if (phone.isEmpty()) {
                return cannot(
                        Reason.NO_ROUTE,
                        "WhatsApp sends one-time codes to phone numbers only (131062): give the person's number");
            }
            receiver = phone.get();
        }
        if (definition.category().equals(TemplateCategory.MARKETING)
                && !marketingToUnitedStates
                && isUnitedStates(receiver)) {
            return new Plan.Cannot(Refusal.of(
                            Reason.UNSUPPORTED,
                            "WhatsApp delivers no marketing template to numbers of the United States since 2025-04-01"
                                    + " (131049): use another channel, or answer while the person's window is open")
                    .instead(Alternative.OTHER_CHANNEL, Alternative.WAIT_FOR_THE_PERSON));
        }
        ShownTemplate shown = result.shown();
        if (shown == null) {
            throw new IllegalStateException("a template is either shown or refused");
        }
        if (!GroupRoster.isGroup(receiver)) {
            return new Plan.Carry(receiver, lane, shown);
        }
        Optional<Refusal> notForGroups = GroupRules.objection(shown);
        return notForGroups.isPresent()
                ? new Plan.Cannot(notForGroups.get())
                : new Plan.Carry(receiver, lane, shown, members);
    }

    private Optional<Lane> lane(TemplateDefinition definition, Address to) {
        boolean ownEndpoint = marketing != null
                && definition.category().equals(TemplateCategory.MARKETING)
                && !to.kind().equals(Address.Kind.GROUP);
        return ownEndpoint ? Optional.of(Lanes.MARKETING_MESSAGES) : Lanes.template(definition.category());
    }

    private Plan unknown(String name, String language) {
        List<String> others = catalog.languages(name);
        return cannot(
                Reason.UNSUPPORTED,
                others.isEmpty()
                        ? "template " + name + " is not in the transport's TemplateCatalog: fill it from"
                                + " WhatsAppAccount.templates(), or put the definition there"
                        : "template " + name + " has no version in " + language + ", but in "
                                + String.join(", ", others)
                                + ": WhatsApp falls back to no other language, so name one of these");
    }

    private static boolean isUnitedStates(Address address) {
        String number = address.value();
        return address.kind().equals(Address.Kind.PHONE)
                && number.startsWith("+1")
                && number.length() > 5
                && US_AREA_CODES.contains(number.substring(2, 5));
    }

    /** The service window's lane; where it is closed, with the templates that could go instead. */
    Lane window(Draft draft) {
        return draft.conversation().isOpenAt(draft.now(), window.needs().within())
                ? window
                : window.remedy(remedy(draft.purpose()));
    }

    private String remedy(Purpose purpose) {
        List<String> fitting = catalog.stream()
                .filter(template -> template.status().equals(TemplateStatus.APPROVED)
                        && Lanes.template(template.category())
                                .filter(lane -> lane.admits().contains(purpose))
                                .isPresent())
                .map(template -> template.name() + " (" + template.language() + ")")
                .limit(NAMED_IN_A_HINT + 1L)
                .toList();
        if (fitting.isEmpty()) {
            return "";
        }
        String more = fitting.size() > NAMED_IN_A_HINT ? " and others" : "";
        return fitting.stream()
                .limit(NAMED_IN_A_HINT)
                .collect(Collectors.joining(", ", "approved templates for " + purpose + " are ", more));
    }

    /** Whether the catalogue still says of a planned template what its lane and its check were chosen by. */
    boolean isAsPlanned(ShownTemplate shown) {
        return catalog.find(shown.name(), shown.language())
                .filter(now ->
                        now.category().equals(shown.category()) && now.status().equals(TemplateStatus.APPROVED))
                .isPresent();
    }

    /** Keeps what WhatsApp said of a template in its answer to a send. */
    void answered(ShownTemplate shown, String messageStatus) {
        if (messageStatus.equals("paused")) {
            catalog.status(shown.name(), shown.language(), TemplateStatus.PAUSED.word());
        } else if (messageStatus.equals("held_for_quality_assessment")) {
            catalog.held(shown.name(), shown.language());
        }
    }

    /** How the marketing lane goes, where it is on. */
    Optional<MarketingMessages> marketing() {
        return Optional.ofNullable(marketing);
    }

    private static Plan.Cannot cannot(Reason reason, String detail) {
        return new Plan.Cannot(Refusal.of(reason, detail)
                .instead(Alternative.TEMPLATE, Alternative.WAIT_FOR_THE_PERSON, Alternative.OTHER_CHANNEL));
    }

    private static Set<String> usAreaCodes() {
        try (InputStream stream = TemplatePlanning.class.getResourceAsStream("us-area-codes.txt")) {
            if (stream == null) {
                throw new IllegalStateException("us-area-codes.txt is missing: the jar is not whole");
            }
            return new String(stream.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> List.of(line.split(" ")).stream())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
