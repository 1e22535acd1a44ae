package aparte.simulator;

import aparte.simulator.Multipart.Part;
import aparte.simulator.WhatsAppGroups.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import okio.ByteString;

/** The HTTP face of {@link WhatsAppGroups}. */
final class WhatsAppGroupCalls {
    private static final List<String> MODES = List.of("auto_approve", "approval_required");
    private static final int LARGEST_PICTURE = 5 * 1024 * 1024;
    private static final int SMALLEST_SIDE = 192;

    private final WhatsAppGroups groups;
    private final WhatsAppPages pages;
    private final Ids ids;

    WhatsAppGroupCalls(WhatsAppGroups groups, WhatsAppPages pages, Ids ids) {
        this.groups = groups;
        this.pages = pages;
        this.ids = ids;
    }

    /** The groups of a number; empty if this is no call of theirs. */
    Optional<Answer> ofNumber(Call call, WhatsAppNumber number) throws GraphRefusal {
        switch (call.method()) {
            case "POST" -> {
                groups.begin();
                return Optional.of(Answer.json(200, create(call, number)));
            }
            case "GET" -> {
                groups.begin();
                WhatsAppPages.Page<Group> page = pages.of(groups.of(number), call, 25, 1024);
                return Optional.of(Answer.json(
                        200,
                        Json.object(
                                "data",
                                Json.object(
                                        "groups",
                                        page.items().stream()
                                                .map(groups::listed)
                                                .toList()),
                                "paging",
                                page.paging())));
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private Map<String, Object> create(Call call, WhatsAppNumber number) throws GraphRefusal {
        WhatsAppParameters parameters = WhatsAppParameters.ofWhatsApp(call);
        return Json.object(
                "messaging_product",
                "whatsapp",
                "request_id",
                groups.create(
                        number,
                        parameters.demanded("subject", 128).strip(),
                        parameters.text("description", 2048),
                        parameters.word("join_approval_mode", MODES).orElse("auto_approve")));
    }

    /** A call to one group; empty if the group has no such edge. */
    Optional<Answer> ofGroup(Call call, Group group, String edge) throws GraphRefusal {
        String what = edge.isEmpty() ? call.method() : call.method() + " " + edge;
        if (!List.of(
                        "GET",
                        "POST",
                        "DELETE",
                        "GET invite_link",
                        "POST invite_link",
                        "DELETE participants",
                        "GET join_requests",
                        "POST join_requests",
                        "DELETE join_requests")
                .contains(what)) {
            return Optional.empty();
        }
        groups.begin();
        return Optional.of(
                switch (what) {
                    case "GET" -> describe(call, group);
                    case "POST" -> update(call, group);
                    case "DELETE" -> Answer.json(200, Json.object("success", true, "request_id", groups.delete(group)));
                    case "GET invite_link" -> link(groups.link(group));
                    case "POST invite_link" -> {
                        WhatsAppParameters.ofWhatsApp(call);
                        yield link(groups.resetLink(group));
                    }
                    case "DELETE participants" -> remove(call, group);
                    case "GET join_requests" -> requests(call, group);
                    default -> decide(call, group, what.startsWith("POST"));
                });
    }

    private Answer describe(Call call, Group group) throws GraphRefusal {
        Map<String, Object> all = groups.described(group);
        Map<String, Object> asked = Json.object(
                "messaging_product", "whatsapp", "id", call.segments().get(1));
        asked.putAll(WhatsAppManagement.fields(call, all, List.of()));
        return Answer.json(200, asked);
    }

    private Answer update(Call call, Group group) throws GraphRefusal {
        String request;
        String type = call.header("content-type").orElse("");
        Optional<List<Part>> parts = Multipart.read(type, call.body());
        if (parts.isPresent()) {
            ByteString picture = parts.get().stream()
                    .filter(part -> part.name().equals("file"))
                    .findFirst()
                    .map(Part::body)
                    .orElseThrow(() -> WhatsAppError.refusal(131008, "The parameter file is required."));
            checkPicture(picture);
            request = groups.update(group, Optional.empty(), Optional.empty(), Optional.of(picture));
        } else {
            WhatsAppParameters parameters = WhatsAppParameters.ofWhatsApp(call);
            Optional<String> subject = parameters.text("subject", 128);
            if (subject.filter(String::isBlank).isPresent()) {
                throw WhatsAppError.refusal(100, "Param subject must not be empty.");
            }
            request = groups.update(group, subject, parameters.text("description", 2048), Optional.empty());
        }
        return Answer.json(200, Json.object("messaging_product", "whatsapp", "request_id", request));
    }

    private static void checkPicture(ByteString picture) throws GraphRefusal {
        Optional<int[]> size = JpegSize.of(picture);
        if (size.isEmpty() || picture.size() > LARGEST_PICTURE) {
            throw WhatsAppError.refusal(100, "Param file must be a JPEG of at most " + LARGEST_PICTURE + " bytes.");
        }
        int width = size.get()[0];
        int height = size.get()[1];
        if (width != height) {
            throw WhatsAppError.refusal(131209, "Width and height of the image must be equal.");
        }
        if (width < SMALLEST_SIDE) {
            throw WhatsAppError.refusal(131210, "Width and height of the image must be at least 192 pixels.");
        }
    }

    private static Answer link(String link) {
        return Answer.json(200, Json.object("messaging_product", "whatsapp", "invite_link", link));
    }

    /** Partly done is HTTP 206 with an error; nobody removed is a refusal. The webhook tells the same. */
    private Answer remove(Call call, Group group) throws GraphRefusal {
        WhatsAppGroups.Removal removal =
                groups.remove(group, WhatsAppParameters.ofWhatsApp(call).users("participants"));
        Map<String, Object> done = Json.object("messaging_product", "whatsapp", "request_id", removal.requestId());
        if (removal.failed().isEmpty()) {
            return Answer.json(200, done);
        }
        WhatsAppError error = removal.removed().isEmpty()
                ? WhatsAppError.of(131212)
                : WhatsAppError.of(131201, "Not all participants could be removed.");
        done.put("error", error.inAnswer(ids.trace()));
        return Answer.json(error.httpStatus(), done);
    }

    private Answer requests(Call call, Group group) throws GraphRefusal {
        WhatsAppPages.Page<WhatsAppGroups.Request> page = pages.of(groups.requests(group), call, 25, 1024);
        return Answer.json(
                200,
                Json.object(
                        "data",
                        page.items().stream()
                                .map(request -> groups.listed(group, request))
                                .toList(),
                        "paging",
                        page.paging()));
    }

    private Answer decide(Call call, Group group, boolean approving) throws GraphRefusal {
        List<String> asked = new ArrayList<>();
        for (Object id : WhatsAppParameters.ofWhatsApp(call).list("join_requests")) {
            asked.add(id instanceof String text ? text : "");
        }
        Map<String, OptionalInt> outcomes =
                new LinkedHashMap<>(approving ? groups.approve(group, asked) : groups.reject(group, asked));
        List<String> done = outcomes.keySet().stream()
                .filter(id -> outcomes.getOrDefault(id, OptionalInt.empty()).isEmpty())
                .toList();
        List<Map<String, Object>> failed = new ArrayList<>();
        outcomes.forEach((id, code) -> code.ifPresent(known -> failed.add(Json.object(
                "join_request_id", id, "errors", List.of(WhatsAppGroups.inGroup(WhatsAppError.of(known)))))));
        WhatsAppError partly = WhatsAppError.of(131201);
        Map<String, Object> answer = Json.object(
                "messaging_product",
                "whatsapp",
                approving ? "approved_join_requests" : "rejected_join_requests",
                done,
                "failed_join_requests",
                Optional.of(failed).filter(list -> !list.isEmpty()),
                "errors",
                Optional.of(List.of(WhatsAppGroups.inGroup(partly)))
                        .filter(errors -> !failed.isEmpty() && !done.isEmpty()));
        if (done.isEmpty()) {
            int code = outcomes.values().iterator().next().orElse(131213);
            answer.put("error", WhatsAppError.of(code).inAnswer(ids.trace()));
            return Answer.json(400, answer);
        }
        return Answer.json(failed.isEmpty() ? 200 : partly.httpStatus(), answer);
    }
}
