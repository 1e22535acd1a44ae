package aparte.simulator;

import aparte.simulator.Multipart.Part;
import aparte.simulator.WhatsAppMedia.Media;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/** The HTTP face of the WhatsApp Cloud API. */
final class WhatsAppApi implements Platform {
    private final WhatsAppSettings settings;
    private final GraphApp app;
    private final WhatsAppWorld world;
    private final WhatsAppMedia media;
    private final Ids ids;
    private final WhatsAppTemplateApi templates;
    private final WhatsAppManagement management;
    private final WhatsAppAccount account;

    WhatsAppApi(
            WhatsAppSettings settings,
            GraphApp app,
            WhatsAppWorld world,
            WhatsAppMedia media,
            Ids ids,
            WhatsAppTemplateApi templates,
            WhatsAppManagement management,
            WhatsAppAccount account) {
        this.settings = settings;
        this.app = app;
        this.world = world;
        this.media = media;
        this.ids = ids;
        this.templates = templates;
        this.management = management;
        this.account = account;
    }

    /** Nothing by itself: it comes last and refuses paths of no platform as the Graph API does. */
    @Override
    public boolean claims(Call call) {
        return false;
    }

    @Override
    public Answer throttled() {
        return WhatsAppError.of(130429, "Cloud API message throughput has been reached.")
                .answer(429, ids.trace());
    }

    @Override
    public Answer unavailable() {
        return WhatsAppError.of(2, "The service is down for a while.").answer(ids.trace());
    }

    @Override
    public Answer expiredToken() {
        return WhatsAppError.of(190, "Error validating access token: the session has expired.")
                .answer(ids.trace());
    }

    @Override
    public Answer answer(Call call) {
        try {
            authorize(call);
            if (call.path().equals(WhatsAppMedia.PATH)) {
                return download(call);
            }
            List<String> path = call.segments();
            if (!WhatsAppRules.VERSION.matcher(path.get(0)).matches()) {
                throw WhatsAppError.refusal(100, "The path does not begin with a version such as v24.0.");
            }
            Optional<Answer> managed = management.answer(call, path);
            if (managed.isPresent()) {
                return managed.get();
            }
            Optional<Answer> ofTemplates = templates.answer(call, path);
            if (ofTemplates.isPresent()) {
                return ofTemplates.get();
            }
            if (path.size() == 3 && call.method().equals("POST")) {
                return post(call, number(path.get(1)), path.get(2));
            }
            if (path.size() == 2 && call.method().equals("GET")) {
                return describe(existing(path.get(1)));
            }
            if (path.size() == 2 && call.method().equals("DELETE")) {
                media.delete(existing(path.get(1)).id());
                return success();
            }
            throw WhatsAppError.refusal(100, "Unsupported " + call.method().toLowerCase(Locale.ROOT) + " request.");
        } catch (GraphRefusal refusal) {
            return refusal.error().answer(ids.trace());
        }
    }

    private void authorize(Call call) throws GraphRefusal {
        String header = call.header("authorization").orElse("");
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw WhatsAppError.refusal(0, "An access token is required to request this resource.");
        }
        if (!app.isToken(header.substring(7).strip())) {
            throw WhatsAppError.refusal(190, "Invalid OAuth access token.");
        }
        Optional<String> proof = call.query("appsecret_proof");
        boolean media = call.path().equals(WhatsAppMedia.PATH);
        if (proof.isEmpty() && settings.proofRequired() && !media) {
            throw WhatsAppError.refusal(100, "API calls from the server require an appsecret_proof argument");
        }
        if (proof.isPresent() && !app.isProof(proof.get())) {
            throw WhatsAppError.refusal(100, "Invalid appsecret_proof provided in the API argument");
        }
    }

    private WhatsAppNumber number(String id) throws GraphRefusal {
        return settings.numbers().stream()
                .filter(number -> number.id().equals(id))
                .findFirst()
                .orElseThrow(() -> WhatsAppError.refusal(
                        100,
                        "Unsupported post request. The object of this id does not exist or permission is missing."));
    }

    private Media existing(String id) throws GraphRefusal {
        return media.find(id)
                .orElseThrow(() -> WhatsAppError.refusal(
                        100, "Unsupported request. The object of this id does not exist or permission is missing."));
    }

    private Answer post(Call call, WhatsAppNumber number, String edge) throws GraphRefusal {
        return switch (edge) {
            case "messages" -> message(number, json(call));
            case "marketing_messages" -> marketing(number, json(call));
            case "media" -> upload(call);
            default ->
                throw WhatsAppError.refusal(100, "Unsupported post request: the simulator does not play this path.");
        };
    }

    static Map<String, Object> json(Call call) throws GraphRefusal {
        String type = call.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json")) {
            throw WhatsAppError.refusal(
                    100, "The parameter messaging_product is required: the body is not application/json.");
        }
        return Json.readObject(call.body())
                .orElseThrow(() -> WhatsAppError.refusal(100, "The body is no JSON object."));
    }

    private Answer message(WhatsAppNumber number, Map<String, Object> body) throws GraphRefusal {
        if (WhatsAppRules.isReadMark(body)) {
            world.markRead(number, WhatsAppRules.readMark(body));
            return success();
        }
        account.checkAllowed();
        if ("group".equals(body.get("recipient_type"))) {
            return Answer.json(200, toGroup(number, body));
        }
        return Answer.json(200, world.take(number, WhatsAppRules.send(body), body));
    }

    private Answer marketing(WhatsAppNumber number, Map<String, Object> body) throws GraphRefusal {
        account.checkAllowed();
        return Answer.json(200, world.take(number, WhatsAppRules.marketing(body), body));
    }

    private Map<String, Object> toGroup(WhatsAppNumber number, Map<String, Object> body) throws GraphRefusal {
        if ("pin".equals(body.get("type"))) {
            WhatsAppRules.checkEnvelope(body);
            return world.groups().pin(number, body);
        }
        return world.groups().take(number, WhatsAppRules.send(body));
    }

    /** The part's own content type counts, as on the platform; the field {@code type} stands in where a part has none. */
    private Answer upload(Call call) throws GraphRefusal {
        List<Part> parts = Multipart.read(call.header("content-type").orElse(""), call.body())
                .orElseThrow(() -> WhatsAppError.refusal(100, "The body is no complete multipart/form-data."));
        String product = field(parts, "messaging_product")
                .or(() -> call.query("messaging_product"))
                .orElseThrow(() -> WhatsAppError.refusal(100, "The parameter messaging_product is required."));
        if (!product.equals("whatsapp")) {
            throw WhatsAppError.refusal(100, "Param messaging_product must be one of [whatsapp].");
        }
        Part file = parts.stream()
                .filter(part -> part.name().equals("file"))
                .findFirst()
                .orElseThrow(() -> WhatsAppError.refusal(131008, "The parameter file is required."));
        String mimeType = file.contentType()
                .or(() -> field(parts, "type"))
                .orElseThrow(() -> WhatsAppError.refusal(131008, "The parameter type is required."));
        WhatsAppMediaRules.checkUpload(mimeType, file.body());
        return Answer.json(
                200, Json.object("id", media.upload(mimeType, file.body()).id()));
    }

    private static Optional<String> field(List<Part> parts, String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .map(part -> part.body().utf8().strip());
    }

    private Answer describe(Media found) {
        return Answer.json(
                200,
                Json.object(
                        "messaging_product", "whatsapp",
                        "url", media.address(found),
                        "mime_type", found.mimeType(),
                        "sha256", found.bytes().sha256().hex(),
                        "file_size", found.bytes().size(),
                        "id", found.id()));
    }

    private Answer download(Call call) {
        return media.atAddress(call)
                .filter(found -> call.method().equals("GET"))
                .map(found -> Answer.of(200, found.mimeType(), found.bytes()))
                .orElseGet(() -> Answer.of(404, "text/plain", ByteString.EMPTY));
    }

    private static Answer success() {
        return Answer.json(200, Json.object("success", true));
    }
}
