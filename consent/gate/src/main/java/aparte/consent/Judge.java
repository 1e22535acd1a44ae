package aparte.consent;

import aparte.ConsentPolicy;
import aparte.Content;
import aparte.Conversation;
import aparte.History;
import aparte.Identity;
import aparte.Lane;
import aparte.Message;
import aparte.Proposal;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SenderId;
import aparte.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges messages: route, ledger, standing, floor, lane, policies. Reports every reason. */
final class Judge {
    private final Map<SenderId, Transport> transports;
    private final LedgerView ledger;
    private final Conversations conversations;
    private final List<ConsentPolicy> policies;
    private final String policyNames;
    private final Clock clock;
    private final Duration serviceConversation;
    private final String prefix = UUID.randomUUID().toString().substring(0, 8) + "-";
    private final AtomicLong count = new AtomicLong();

    Judge(
            List<Transport> transports,
            LedgerView ledger,
            Conversations conversations,
            List<ConsentPolicy> policies,
            Clock clock,
            Duration serviceConversation) {
        this.transports = new LinkedHashMap<>();
        transports.forEach(transport -> this.transports.put(transport.sender(), transport));
        this.ledger = ledger;
        this.conversations = conversations;
        this.policies = List.copyOf(policies);
        this.policyNames = policies.stream().map(Judge::name).collect(Collectors.joining(", "));
        this.clock = clock;
        this.serviceConversation = serviceConversation;
    }

    /** A policy's name, stable from start to start. */
    private static String name(ConsentPolicy policy) {
        String name = policy.getClass().getSimpleName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda);
    }

    /** The transport of a sender, if it can welcome. */
    Optional<WelcomingTransport> welcoming(SenderId sender) {
        return transports.get(sender) instanceof WelcomingTransport welcoming
                ? Optional.of(welcoming)
                : Optional.empty();
    }

    /** Judges messages for the first time, reading the ledger once for all of them. */
    List<Judgement> judge(List<Dispatch> dispatches) {
        Instant now = clock.instant();
        List<Routing> routings = new ArrayList<>(dispatches.size());
        for (Dispatch dispatch : dispatches) {
            routings.add(route(dispatch, now));
        }
        return judgeRouted(routings, now);
    }

    /** Judges messages again that have their route. */
    List<Judgement> judgeAgain(List<Judgement> earlier) {
        Instant now = clock.instant();
        List<Routing> routings = new ArrayList<>(earlier.size());
        for (Judgement one : earlier) {
            Route route = one.route().orElseThrow();
            routings.add(
                    route.isGroup()
                            ? regroup(one.id(), one.dispatch(), route, now)
                            : converse(one.id(), one.dispatch(), route));
        }
        return judgeRouted(routings, now);
    }

    private List<Judgement> judgeRouted(List<Routing> routings, Instant now) {
        List<Identity> people = people(routings);
        LedgerView.Answer answer =
                people.isEmpty() ? new LedgerView.Answer(List.of(), null, null) : ledger.read(people);
        List<Judgement> judgements = new ArrayList<>(routings.size());
        int next = 0;
        for (Routing routing : routings) {
            int size = routing.route == null ? 0 : routing.route.people().size();
            List<History> histories = answer.refusal() == null ? answer.histories(next, size) : List.of();
            judgements.add(judge(routing, answer, histories, now));
            next += size;
        }
        return judgements;
    }

    private static List<Identity> people(List<Routing> routings) {
        Route first = routings.isEmpty() ? null : routings.get(0).route;
        if (routings.size() == 1 && first != null) {
            return first.people();
        }
        List<Identity> people = new ArrayList<>(routings.size());
        for (Routing routing : routings) {
            if (routing.route != null) {
                people.addAll(routing.route.people());
            }
        }
        return people;
    }

    private Judgement judge(Routing routing, LedgerView.Answer answer, List<History> histories, Instant now) {
        Dispatch dispatch = routing.dispatch;
        List<Refusal> refusals = new ArrayList<>(routing.problems);
        Throwable cause = routing.cause;
        List<Standing> standings = List.of();
        if (dispatch.message().expiresAt().filter(end -> !end.isAfter(now)).isPresent()) {
            refusals.add(Refusal.of(Refusal.Reason.STALE));
        }
        Route route = routing.route;
        if (route != null && answer.refusal() != null) {
            refusals.add(answer.refusal());
            cause = answer.cause();
        } else if (route != null) {
            standings = standings(routing, route, histories, now);
            floor(dispatch, route, routing.conversation, now).addTo(refusals, standings);
            addNative(refusals, dispatch, route.carry(), routing.conversation, now);
            RuntimeException thrown = addPolicies(refusals, routing, route, histories, standings, now);
            cause = thrown == null ? cause : thrown;
        }
        return new Judgement(
                name(routing, refusals),
                dispatch,
                route,
                now,
                routing.conversation,
                standings,
                answer.head(),
                refusals,
                policyNames,
                cause);
    }

    /** A message cleared again keeps the name of the decision that was logged; a refusal is a decision of its own. */
    private String name(Routing routing, List<Refusal> refusals) {
        String logged = routing.logged;
        return logged != null && refusals.isEmpty() ? logged : prefix + Long.toString(count.incrementAndGet(), 36);
    }

    private Floor floor(Dispatch dispatch, Route route, Conversation conversation, Instant now) {
        return new Floor(
                dispatch.purpose(),
                dispatch.message().author(),
                route.isGroup(),
                route.carry().lane(),
                conversation,
                dispatch.invitation() == null ? null : dispatch.invitation().at(),
                now,
                serviceConversation);
    }

    private List<Standing> standings(Routing routing, Route route, List<History> histories, Instant now) {
        if (histories.size() == 1) {
            return List.of(route.standing(0, histories.get(0), routing.dispatch.purpose(), routing.conversation, now));
        }
        List<Standing> standings = new ArrayList<>(histories.size());
        for (int place = 0; place < histories.size(); place++) {
            standings.add(
                    route.standing(place, histories.get(place), routing.dispatch.purpose(), routing.conversation, now));
        }
        return standings;
    }

    /** Native content fills in what nobody checked, so it is for few purposes. */
    private static void addNative(
            List<Refusal> refusals, Dispatch dispatch, Plan.Carry carry, Conversation conversation, Instant now) {
        if (dispatch.message().content() instanceof Content.Native) {
            boolean service =
                    dispatch.purpose() == Purpose.SERVICE && conversation.isOpenAt(now, serviceWindow(carry.lane()));
            if (!service && !dispatch.purpose().isPromotional()) {
                refusals.add(Refusal.of(
                        Refusal.Reason.PURPOSE_NOT_ADMITTED,
                        "native content is for promotion that was agreed to, or for service in an open conversation"));
            }
        }
    }

    private static Duration serviceWindow(Lane lane) {
        return lane.needs().within().isZero()
                ? Duration.ofHours(24)
                : lane.needs().within();
    }

    private @Nullable RuntimeException addPolicies(
            List<Refusal> refusals,
            Routing routing,
            Route route,
            List<History> histories,
            List<Standing> standings,
            Instant now) {
        RuntimeException thrown = null;
        for (int i = 0; i < standings.size() && !policies.isEmpty(); i++) {
            Proposal proposal = Proposal.builder(
                            routing.dispatch.message(),
                            route.sender(),
                            route.carry().to(),
                            route.carry().lane(),
                            histories.get(i),
                            routing.conversation,
                            now)
                    .standing(standings.get(i))
                    .build();
            for (ConsentPolicy policy : policies) {
                try {
                    policy.objectionTo(proposal).ifPresent(refusals::add);
                } catch (RuntimeException bug) {
                    thrown = bug;
                    refusals.add(Refusal.of(
                            Refusal.Reason.POLICY,
                            policy.getClass().getSimpleName() + " threw "
                                    + bug.getClass().getSimpleName()));
                }
            }
        }
        return thrown;
    }

    private Routing route(Dispatch dispatch, Instant now) {
        Message message = dispatch.message();
        List<Refusal> unsupported = new ArrayList<>();
        List<Refusal> unreached = new ArrayList<>();
        Invitation invitation = dispatch.invitation();
        for (SenderId sender : message.senders().isEmpty() ? transports.keySet() : message.senders()) {
            Transport transport = invitation == null ? transports.get(sender) : invitation;
            if (transport == null) {
                unreached.add(Refusal.of(
                        Refusal.Reason.NO_ROUTE,
                        "no transport for sender " + sender + ": give one to ConsentGate.builder(…).transport(…)"));
                continue;
            }
            try {
                Conversation conversation =
                        conversations.read(sender, message.to().identity());
                Plan plan = transport.plan(new Draft(message, dispatch.purpose(), conversation, now));
                if (plan instanceof Plan.Carry carry) {
                    if (!message.to().identity().has(carry.to())) {
                        unreached.add(Refusal.of(
                                Refusal.Reason.NO_ROUTE,
                                "the transport of " + sender + " planned an address that is not the recipient's"));
                        continue;
                    }
                    int most = Math.max(1, transport.receiversPerRequest(carry.shown()));
                    Route route =
                            new Route(sender, transport, carry, message.to().identity(), most);
                    return new Routing(dispatch, route, conversation, List.of(), null);
                }
                Refusal because = ((Plan.Cannot) plan).because();
                (because.reason() == Refusal.Reason.NO_ROUTE ? unreached : unsupported).add(because);
            } catch (RuntimeException outage) {
                return Routing.failed(dispatch, outage);
            }
        }
        if (!unsupported.isEmpty()) {
            return new Routing(dispatch, null, Conversation.none(), unsupported, null);
        }
        Refusal none =
                Refusal.of(Refusal.Reason.NO_ROUTE, "no transport: give one to ConsentGate.builder(…).transport(…)");
        return new Routing(dispatch, null, Conversation.none(), unreached.isEmpty() ? List.of(none) : unreached, null);
    }

    /** A group is planned again before each attempt: somebody may have joined since. */
    private Routing regroup(String logged, Dispatch dispatch, Route route, Instant now) {
        Routing again = converse(logged, dispatch, route);
        if (!again.problems.isEmpty()) {
            return again;
        }
        Members members = members(dispatch, route, again.conversation, now);
        return new Routing(
                logged,
                dispatch,
                members.refusal == null ? route.to(members.people) : route,
                again.conversation,
                members.refusal == null ? List.of() : List.of(members.refusal),
                null);
    }

    /** Why a group that was cleared is no longer the one that was: somebody joined, or its members are not known. */
    Optional<Refusal> joined(Judgement cleared) {
        Route route = cleared.route().orElseThrow();
        if (!route.isGroup()) {
            return Optional.empty();
        }
        Members members = members(cleared.dispatch(), route, cleared.conversation(), clock.instant());
        if (members.refusal != null) {
            return Optional.of(members.refusal);
        }
        return new HashSet<>(route.people()).containsAll(members.people)
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(Refusal.Reason.MEMBER_CLOSED, "somebody joined the group meanwhile: send it again")
                                .instead(Refusal.Alternative.WRITE_TO_EACH));
    }

    private record Members(List<Identity> people, @Nullable Refusal refusal) {} // no refusal if they are known

    private static Members members(Dispatch dispatch, Route route, Conversation conversation, Instant now) {
        try {
            Draft draft = new Draft(dispatch.message(), dispatch.purpose(), conversation, now);
            Plan plan = route.transport().plan(draft);
            if (plan instanceof Plan.Cannot cannot) {
                return new Members(List.of(), cannot.because());
            }
            Plan.Carry carry = (Plan.Carry) plan;
            if (carry.to().equals(route.carry().to()) && !carry.members().isEmpty()) {
                return new Members(carry.members(), null);
            }
        } catch (RuntimeException bug) {
            return new Members(
                    List.of(),
                    Refusal.of(
                            Refusal.Reason.MEMBER_CLOSED,
                            "the transport's plan threw " + bug.getClass().getSimpleName()));
        }
        return new Members(
                List.of(),
                Refusal.of(Refusal.Reason.MEMBER_CLOSED, "the transport now plans another way: send it again"));
    }

    private Routing converse(String logged, Dispatch dispatch, Route route) {
        try {
            Conversation conversation =
                    conversations.read(route.sender(), dispatch.message().to().identity());
            return new Routing(logged, dispatch, route, conversation, List.of(), null);
        } catch (RuntimeException outage) {
            return Routing.failed(dispatch, outage);
        }
    }

    /** A message on its way to be judged. */
    private static final class Routing {
        private final @Nullable String logged; // the decision that cleared it before; null at first
        private final Dispatch dispatch;
        private final @Nullable Route route; // null if nothing of ours carries it
        private final Conversation conversation;
        private final List<Refusal> problems;
        private final @Nullable Throwable cause; // only where something failed

        private Routing(
                Dispatch dispatch,
                @Nullable Route route,
                Conversation conversation,
                List<Refusal> problems,
                @Nullable Throwable cause) {
            this(null, dispatch, route, conversation, problems, cause);
        }

        private Routing(
                @Nullable String logged,
                Dispatch dispatch,
                @Nullable Route route,
                Conversation conversation,
                List<Refusal> problems,
                @Nullable Throwable cause) {
            this.logged = logged;
            this.dispatch = dispatch;
            this.route = route;
            this.conversation = conversation;
            this.problems = problems;
            this.cause = cause;
        }

        static Routing failed(Dispatch dispatch, RuntimeException outage) {
            Refusal refusal = Refusal.of(
                    Refusal.Reason.LEDGER_UNAVAILABLE,
                    "the conversations or the transport's plan threw "
                            + outage.getClass().getSimpleName());
            return new Routing(dispatch, null, Conversation.none(), List.of(refusal), outage);
        }
    }
}
