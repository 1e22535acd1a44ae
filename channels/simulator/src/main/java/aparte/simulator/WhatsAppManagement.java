package aparte.simulator;

import aparte.simulator.WhatsAppWorld.Person;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The HTTP face of all that the Cloud API offers beside messages, media and templates. Thread-safe.
 *
 * <p>As of 2026-11: Cloud API reference, business phone numbers, block users, groups and message history.
 */
final class WhatsAppManagement {
    private static final int BLOCKED_PAGE = 100;
    private static final int HISTORY_PAGE = 100;

    private static final Map<String, Integer> PROFILE_TEXTS =
            Map.of("about", 139, "address", 256, "description", 256, "email", 128, "profile_picture_handle", 4096);

    private static final List<String> VERTICALS = List.of(
            "OTHER",
            "AUTO",
            "BEAUTY",
            "APPAREL",
            "EDU",
            "ENTERTAIN",
            "EVENT_PLAN",
            "FINANCE",
            "GROCERY",
            "GOVT",
            "HOTEL",
            "HEALTH",
            "NONPROFIT",
            "PROF_SERVICES",
            "RETAIL",
            "TRAVEL",
            "RESTAURANT",
            "ALCOHOL",
            "ONLINE_GAMBLING",
            "PHYSICAL_GAMBLING",
            "OTC_DRUGS");

    private final WhatsAppSettings settings;
    private final GraphApp app;
    private final WhatsAppWorld world;
    private final WhatsAppMailbox mailbox;
    private final WhatsAppTraffic traffic;
    private final WhatsAppAccount account;
    private final WhatsAppPages pages;
    private final WhatsAppGroupCalls groupCalls;
    private final Ids ids;
    private final Map<String, Set<Person>> blocked = new HashMap<>();
    private final Map<String, Map<String, Object>> profiles = new HashMap<>();
    private final Map<String, String> pins = new HashMap<>();

    WhatsAppManagement(
            WhatsAppSettings settings,
            GraphApp app,
            URI baseUri,
            WhatsAppWorld world,
            WhatsAppMailbox mailbox,
            WhatsAppTraffic traffic,
            WhatsAppAccount account,
            Ids ids) {
        this.settings = settings;
        this.app = app;
        this.world = world;
        this.mailbox = mailbox;
        this.traffic = traffic;
        this.account = account;
        this.ids = ids;
        pages = new WhatsAppPages(baseUri);
        groupCalls = new WhatsAppGroupCalls(world.groups(), pages, ids);
    }

    /** Empty if the path is nothing of this. */
    Optional<Answer> answer(Call call, List<String> path) throws GraphRefusal {
        if (path.size() < 2 || path.size() > 3) {
            return Optional.empty();
        }
        String node = path.get(1);
        String edge = path.size() == 3 ? path.get(2) : "";
        Optional<WhatsAppNumber> number = settings.numbers().stream()
                .filter(each -> each.id().equals(node))
                .findFirst();
        if (Set.of("messages", "marketing_messages", "media").contains(edge)) {
            return Optional.empty();
        }
        Optional<WhatsAppGroups.Group> group = world.groups().find(node);
        if (number.isEmpty() && group.isEmpty() && !node.equals(settings.businessAccountId())) {
            return Optional.empty();
        }
        traffic.manage();
        if (number.isPresent()) {
            return ofNumber(call, number.get(), edge);
        }
        return group.isPresent() ? groupCalls.ofGroup(call, group.get(), edge) : ofAccount(call, edge);
    }

    private synchronized Optional<Answer> ofNumber(Call call, WhatsAppNumber number, String edge) throws GraphRefusal {
        return switch (call.method() + " " + edge) {
            case "GET " -> Optional.of(describe(call, number));
            case "GET groups", "POST groups" -> groupCalls.ofNumber(call, number);
            case "GET block_users" -> Optional.of(listBlocked(call, number));
            case "POST block_users" -> Optional.of(block(call, number, true));
            case "DELETE block_users" -> Optional.of(block(call, number, false));
            case "DELETE contact_book" -> Optional.of(forget(call));
            case "GET settings" -> Optional.of(settingsOf(number));
            case "POST settings" -> Optional.of(change(call, number));
            case "POST register" -> Optional.of(register(call, number));
            case "POST deregister" -> {
                traffic.register(number, false);
                yield Optional.of(success());
            }
            case "GET whatsapp_business_profile" -> Optional.of(profile(call, number));
            case "POST whatsapp_business_profile" -> Optional.of(changeProfile(call, number));
            case "GET message_history" -> Optional.of(history(call));
            default -> Optional.empty();
        };
    }

    private Optional<Answer> ofAccount(Call call, String edge) throws GraphRefusal {
        return switch (call.method() + " " + edge) {
            case "GET " -> Optional.of(describeAccount(call));
            case "GET subscribed_apps" -> Optional.of(subscriptions());
            case "POST subscribed_apps" -> Optional.of(subscribe(call));
            case "DELETE subscribed_apps" -> {
                mailbox.subscribe(false);
                yield Optional.of(success());
            }
            default -> Optional.empty();
        };
    }

    /** Those fields that the call asks for by {@code fields}, or the usual ones. */
    static Map<String, Object> fields(Call call, Map<String, Object> all, List<String> usual) throws GraphRefusal {
        List<String> asked = call.query("fields")
                .map(names -> List.of(names.split("\\s*,\\s*")))
                .orElse(usual);
        Map<String, Object> found = new LinkedHashMap<>();
        for (String name : asked) {
            if (!all.containsKey(name) && !name.equals("id")) {
                throw WhatsAppError.refusal(100, "Tried accessing nonexisting field (" + name + ").");
            }
            if (!name.equals("id")) {
                found.put(name, all.getOrDefault(name, ""));
            }
        }
        return found;
    }

    // The number itself.

    private Answer describe(Call call, WhatsAppNumber number) throws GraphRefusal {
        Map<String, Object> all = Json.object(
                "verified_name",
                account.verifiedName(),
                "code_verification_status",
                "VERIFIED",
                "display_phone_number",
                number.phone(),
                "quality_rating",
                account.quality(number),
                "platform_type",
                "CLOUD_API",
                "throughput",
                Json.object("level", traffic.level(number)),
                "status",
                traffic.isRegistered(number) ? "CONNECTED" : "DISCONNECTED",
                "whatsapp_business_manager_messaging_limit",
                WhatsAppAccount.tier(traffic.limits().people()),
                "health_status",
                account.health(number));
        Map<String, Object> asked = fields(
                call,
                all,
                List.of(
                        "verified_name",
                        "code_verification_status",
                        "display_phone_number",
                        "quality_rating",
                        "platform_type",
                        "throughput"));
        asked.put("id", number.id());
        return Answer.json(200, asked);
    }

    private Answer describeAccount(Call call) throws GraphRefusal {
        Map<String, Object> all = Json.object(
                "name", account.verifiedName(),
                "health_status", account.health(settings.numbers().get(0)));
        Map<String, Object> asked = fields(call, all, List.of("name"));
        asked.put("id", settings.businessAccountId());
        return Answer.json(200, asked);
    }

    private Answer settingsOf(WhatsAppNumber number) {
        return Answer.json(
                200,
                Json.object(
                        "calling",
                        Json.object("status", "DISABLED"),
                        "storage_configuration",
                        Json.object("status", "DEFAULT"),
                        "user_identity_change",
                        Json.object("enable_identity_key_check", world.checksIdentities(number))));
    }

    private Answer change(Call call, WhatsAppNumber number) throws GraphRefusal {
        Map<String, Object> identity = WhatsAppTree.object(
                        WhatsAppParameters.of(call).values(), "user_identity_change")
                .orElseThrow(() -> WhatsAppError.refusal(131008, "The parameter user_identity_change is required."));
        if (!(identity.get("enable_identity_key_check") instanceof Boolean checked)) {
            throw WhatsAppError.refusal(100, "Param enable_identity_key_check must be a boolean.");
        }
        world.checkIdentities(number, checked);
        return success();
    }

    /** The first PIN is kept, and only that one registers again. */
    private Answer register(Call call, WhatsAppNumber number) throws GraphRefusal {
        String pin = WhatsAppParameters.ofWhatsApp(call).demanded("pin", 6);
        if (!pin.matches("[0-9]{6}")) {
            throw WhatsAppError.refusal(100, "Param pin must have six digits.");
        }
        if (!pins.computeIfAbsent(number.id(), first -> pin).equals(pin)) {
            throw WhatsAppError.refusal(133005, "The PIN is not the one that the number was registered with.");
        }
        traffic.register(number, true);
        return success();
    }

    private Answer profile(Call call, WhatsAppNumber number) throws GraphRefusal {
        Map<String, Object> all = Json.object(
                "about",
                "",
                "address",
                "",
                "description",
                "",
                "email",
                "",
                "profile_picture_url",
                "",
                "websites",
                List.of(),
                "vertical",
                "");
        all.putAll(profiles.getOrDefault(number.id(), Map.of()));
        Map<String, Object> asked = fields(call, all, List.of());
        asked.put("messaging_product", "whatsapp");
        return Answer.json(200, Json.object("data", List.of(asked)));
    }

    private Answer changeProfile(Call call, WhatsAppNumber number) throws GraphRefusal {
        WhatsAppParameters parameters = WhatsAppParameters.ofWhatsApp(call);
        Map<String, Object> changed = new LinkedHashMap<>(profiles.getOrDefault(number.id(), Map.of()));
        for (Map.Entry<String, Integer> text : PROFILE_TEXTS.entrySet()) {
            parameters.text(text.getKey(), text.getValue()).ifPresent(value -> changed.put(text.getKey(), value));
        }
        if (changed.remove("profile_picture_handle") instanceof String) {
            changed.put("profile_picture_url", "https://pps.whatsapp.net/" + number.id());
        }
        parameters.word("vertical", VERTICALS).ifPresent(value -> changed.put("vertical", value));
        if (parameters.values().containsKey("websites")) {
            List<?> websites = parameters.list("websites");
            if (websites.size() > 2
                    || !websites.stream()
                            .allMatch(site -> site instanceof String text && text.matches("https?://\\S{1,248}"))) {
                throw WhatsAppError.refusal(
                        100, "Param websites must be at most two addresses of up to 256 characters.");
            }
            changed.put("websites", websites);
        }
        profiles.put(number.id(), changed);
        return success();
    }

    // People.

    private Answer forget(Call call) throws GraphRefusal {
        WhatsAppParameters parameters = WhatsAppParameters.ofWhatsApp(call);
        String userId = parameters.demanded("bsuid", 160);
        if (!WhatsAppRules.USER_ID.matcher(userId).matches()) {
            throw WhatsAppError.refusal(131009, "Param bsuid does not have the right form.");
        }
        return Answer.json(
                200,
                Json.object("messaging_product", "whatsapp", "success", true, "deleted", world.forgetContact(userId)));
    }

    private Answer listBlocked(Call call, WhatsAppNumber number) throws GraphRefusal {
        List<Person> all = List.copyOf(blocked.getOrDefault(number.id(), Set.of()));
        WhatsAppPages.Page<Person> page = pages.of(all, call, BLOCKED_PAGE, BLOCKED_PAGE);
        return Answer.json(
                200,
                Json.object(
                        "data",
                        page.items().stream()
                                .map(person -> Json.object(
                                        "messaging_product",
                                        "whatsapp",
                                        "wa_id",
                                        world.shownPhone(person, number),
                                        "user_id",
                                        world.userIdOf(person)))
                                .toList(),
                        "paging",
                        page.paging()));
    }

    private Answer block(Call call, WhatsAppNumber number, boolean blocking) throws GraphRefusal {
        List<Map<String, Object>> done = new ArrayList<>();
        List<Map<String, Object>> failed = new ArrayList<>();
        for (String user : WhatsAppParameters.ofWhatsApp(call).users("block_users")) {
            Optional<Person> person = world.named(number, user);
            Map<String, Object> shown = Json.object(
                    "input",
                    user,
                    "wa_id",
                    person.flatMap(known -> world.shownPhone(known, number)),
                    "user_id",
                    person.flatMap(world::userIdOf));
            Optional<WhatsAppError> error = obstacle(number, user, person, blocking);
            if (error.isPresent()) {
                shown.put("errors", List.of(WhatsAppGroups.inGroup(error.get())));
                failed.add(shown);
            } else {
                person.ifPresent(known -> set(known, number, blocking));
                done.add(shown);
            }
        }
        Map<String, Object> answer = Json.object(
                "messaging_product",
                "whatsapp",
                "block_users",
                Json.object(
                        blocking ? "added_users" : "removed_users",
                        done,
                        "failed_users",
                        Optional.of(failed).filter(list -> !list.isEmpty())));
        if (failed.isEmpty()) {
            return Answer.json(200, answer);
        }
        WhatsAppError error =
                WhatsAppError.of(139100, "Failed to block or unblock some users, see the block_users list for details");
        answer.put("error", error.inAnswer(ids.trace()));
        return Answer.json(error.httpStatus(), answer);
    }

    private Optional<WhatsAppError> obstacle(
            WhatsAppNumber number, String user, Optional<Person> person, boolean blocking) {
        if (user.replaceAll("[^0-9]", "").equals(number.phone())) {
            return Optional.of(WhatsAppError.of(131021));
        }
        boolean wrote = person.filter(known -> world.wroteWithin(known, number, WhatsAppWorld.WINDOW))
                .isPresent();
        return person.isEmpty() || (blocking && !wrote) ? Optional.of(WhatsAppError.of(131047)) : Optional.empty();
    }

    private void set(Person person, WhatsAppNumber number, boolean blocking) {
        Set<Person> people = blocked.computeIfAbsent(number.id(), id -> new LinkedHashSet<>());
        if (blocking) {
            people.add(person);
        } else {
            people.remove(person);
        }
        world.block(person, number, blocking);
    }

    // Webhooks.

    private Answer history(Call call) throws GraphRefusal {
        WhatsAppHistory history = mailbox.history();
        List<String> messages = call.query("message_id")
                .map(id -> history.messages().stream().filter(id::equals).toList())
                .orElseGet(history::messages);
        WhatsAppPages.Page<String> page = pages.of(messages, call, 25, HISTORY_PAGE);
        boolean whole =
                call.query("fields").map(names -> names.contains("events")).orElse(true);
        return Answer.json(
                200,
                Json.object(
                        "data",
                        page.items().stream()
                                .map(id -> Json.object(
                                        "id",
                                        Integer.toUnsignedString(id.hashCode()),
                                        "message_id",
                                        id,
                                        "events",
                                        whole
                                                ? Optional.of(Json.object("data", history.eventsOf(id)))
                                                : Optional.empty()))
                                .toList(),
                        "paging",
                        page.paging()));
    }

    private Answer subscriptions() {
        List<Object> apps = mailbox.subscribed()
                ? List.of(Json.object(
                        "whatsapp_business_api_data",
                        Json.object("id", "400000000000001", "name", "Simulator", "link", "https://localhost/")))
                : List.of();
        return Answer.json(200, Json.object("data", apps));
    }

    /** With {@code override_callback_uri} webhooks go there, if it proves itself with the token of the call. */
    private Answer subscribe(Call call) throws GraphRefusal {
        WhatsAppParameters parameters = WhatsAppParameters.of(call);
        Optional<String> callback = parameters.text("override_callback_uri", 2048);
        if (callback.isPresent()) {
            String token = parameters.demanded("verify_token", 2048);
            if (!accepts(callback.get(), token)) {
                throw WhatsAppError.refusal(100, "The callback could not be verified.");
            }
        }
        mailbox.subscribe(true);
        return success();
    }

    private boolean accepts(String callback, String token) {
        try {
            return app.subscribe(URI.create(callback), ids.challenge(), token).accepted();
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static Answer success() {
        return Answer.json(200, Json.object("success", true));
    }
}
