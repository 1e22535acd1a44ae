package aparte.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import okio.ByteString;

/** The HTTP face of Vonage's Messages API: 202 for what it took, errors as problem documents. */
final class VonageApi implements Platform {
    private static final String PATH = "/v1/messages";

    private final ViberBusinessSettings settings;
    private final ViberBusinessWorld world;
    private final VonageJwt jwt;
    private final Deque<VonageRefusal> refusals = new ArrayDeque<>();

    VonageApi(ViberBusinessSettings settings, ViberBusinessWorld world, VonageJwt jwt) {
        this.settings = settings;
        this.world = world;
        this.jwt = jwt;
    }

    void refuseNext(VonageRefusal refusal) {
        synchronized (refusals) {
            refusals.add(refusal);
        }
    }

    @Override
    public boolean claims(Call call) {
        return call.path().equals(PATH) || call.path().startsWith(PATH + "/");
    }

    @Override
    public Answer throttled() {
        return new VonageRefusal(429, VonageRefusal.THROTTLED, "There were too many requests.").answer();
    }

    /** What stands before the platform answers. */
    @Override
    public Answer unavailable() {
        return Answer.of(503, "text/html", ByteString.encodeUtf8("<h1>503 Service Temporarily Unavailable</h1>"));
    }

    @Override
    public Answer expiredToken() {
        return VonageRefusal.unauthorized().answer();
    }

    @Override
    public Answer answer(Call call) {
        try {
            if (!call.path().equals(PATH)) {
                throw new VonageRefusal(404, 0, "There is no such call.");
            }
            if (!call.method().equals("POST")) {
                throw new VonageRefusal(405, 0, "This call takes POST alone.");
            }
            if (!jwt.admits(call.header("authorization"))) {
                throw VonageRefusal.unauthorized();
            }
            plannedRefusal();
            Map<String, Object> body = Json.readObject(call.body())
                    .orElseThrow(() -> VonageRefusal.of(VonageRefusal.INVALID, "The body is no JSON object."));
            String uuid = world.send(VonageRules.send(body, settings.services()));
            return Answer.json(202, Json.object("message_uuid", uuid));
        } catch (VonageRefusal refusal) {
            return refusal.answer();
        }
    }

    private void plannedRefusal() throws VonageRefusal {
        synchronized (refusals) {
            VonageRefusal next = refusals.poll();
            if (next != null) {
                throw next;
            }
        }
    }
}
