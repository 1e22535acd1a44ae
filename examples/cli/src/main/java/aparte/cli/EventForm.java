package aparte.cli;

import aparte.Address;
import aparte.DeliveryFailure;
import aparte.DeliveryStatus;
import aparte.InboundEvent;
import aparte.SenderId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Inbound events as JSON. */
final class EventForm {
    private EventForm() {}

    static Json of(InboundEvent event) {
        Json json = Json.object()
                .put("kind", snake(event))
                .put("channel", event.channel().name());
        if (event instanceof InboundEvent.Personal personal) {
            List<Address> addresses = personal.person().addresses();
            json.put("sender", personal.sender().value())
                    .put("from", addresses.stream().findFirst().map(Address::value));
            json.objects("addresses", addresses, EntryForm::of);
        }
        json.put("id", idOf(event).orElse(event.key())).put("at", event.at());
        if (event instanceof InboundEvent.Personal personal) {
            details(json, personal);
        } else if (event instanceof InboundEvent.GroupChanged changed) {
            json.put("sender", changed.sender().value())
                    .put("group", changed.group().value())
                    .put("change", changed.change())
                    .objects("participants", changed.participants(), EventForm::of);
            if (!changed.details().isEmpty()) {
                json.put("details", changed.details());
            }
        } else if (event instanceof InboundEvent.TemplateChanged changed) {
            json.put("template", of(changed.template()))
                    .put("aspect", changed.aspect().name())
                    .put("word", changed.word())
                    .put("previous", changed.previous())
                    .put("reason", changed.reason())
                    .put("due", changed.due())
                    .put("raw", changed.raw());
        } else if (event instanceof InboundEvent.AccountChanged changed) {
            json.put("sender", changed.sender().map(SenderId::value))
                    .put("account", changed.account())
                    .put("field", changed.field())
                    .put("word", changed.word())
                    .put("raw", changed.raw());
        } else if (event instanceof InboundEvent.Unknown unknown) {
            json.put("problem", unknown.problem()).put("raw", unknown.raw());
        }
        return json.put("key", event.key());
    }

    private static void details(Json json, InboundEvent.Personal event) {
        if (event instanceof InboundEvent.MessageReceived received) {
            json.put("content", ContentForm.of(received.content())).put("reply_to", received.replyTo());
        } else if (event instanceof InboundEvent.MessageEdited edited) {
            json.put("content", ContentForm.of(edited.content())).put("message", edited.target());
        } else if (event instanceof InboundEvent.MessageRevoked revoked) {
            json.put("message", revoked.target());
        } else if (event instanceof InboundEvent.MessageEchoed echoed) {
            json.put("content", ContentForm.of(echoed.content())).put("reply_to", echoed.replyTo());
        } else if (event instanceof InboundEvent.AddressChanged moved) {
            json.objects("former", moved.former().addresses(), EntryForm::of);
        } else if (event instanceof InboundEvent.PersonNoticed noticed) {
            json.put("notice", noticed.notice());
        } else if (event instanceof InboundEvent.ReactionReceived reaction) {
            json.put("content", Json.object().put("type", "reaction").put("emoji", reaction.emoji()))
                    .put("message", reaction.target());
        } else if (event instanceof InboundEvent.ChoiceMade choice) {
            json.put(
                            "content",
                            Json.object()
                                    .put("type", "choice")
                                    .put("id", choice.choice())
                                    .put("title", choice.title()))
                    .put("reply_to", choice.replyTo());
        } else if (event instanceof InboundEvent.StatusChanged changed) {
            InboundEvent.Receipt receipt = changed.message();
            json.put("status", statusOf(changed.status()))
                    .put(
                            "message",
                            receipt.providerId().or(() -> receipt.wireKey().map(Object::toString)))
                    .put("wire_key", receipt.wireKey())
                    .put("up_to", receipt.upTo());
            if (changed.status() instanceof DeliveryStatus.Failed failed) {
                json.put("failure", of(failed.failure()));
            }
            changed.charge().ifPresent(charge -> json.put("charge", of(charge)));
        } else if (event instanceof InboundEvent.OptInSignal signal) {
            json.put("signal", signal.kind().name()).put("scope", EntryForm.of(signal.scope()));
        } else if (event instanceof InboundEvent.OptOutSignal signal) {
            json.put("scope", EntryForm.of(signal.scope()));
        } else if (event instanceof InboundEvent.ConversationOpened opened) {
            json.put("context", opened.context());
        }
        if (!event.source().details().isEmpty()) {
            json.put("details", event.source().details());
        }
    }

    private static Optional<String> idOf(InboundEvent event) {
        if (event instanceof InboundEvent.MessageReceived received) {
            return Optional.of(received.providerId());
        }
        if (event instanceof InboundEvent.MessageEchoed echoed) {
            return Optional.of(echoed.providerId());
        }
        return event instanceof InboundEvent.ChoiceMade choice ? Optional.of(choice.providerId()) : Optional.empty();
    }

    private static Json of(InboundEvent.Participant participant) {
        return Json.object()
                .put("move", participant.move().name())
                .objects("addresses", participant.person().addresses(), EntryForm::of);
    }

    private static Json of(InboundEvent.TemplateName template) {
        return Json.object()
                .put("account", template.account())
                .put("id", template.id())
                .put("name", template.name())
                .put("language", template.language());
    }

    private static Json of(InboundEvent.Charge charge) {
        return Json.object()
                .put("category", charge.category())
                .put("type", charge.type())
                .put("model", charge.model())
                .put("billable", charge.billable());
    }

    private static String statusOf(DeliveryStatus status) {
        return status instanceof DeliveryStatus.Unknown unknown ? unknown.raw() : snake(status);
    }

    static Json of(DeliveryFailure failure) {
        return Json.object()
                .put("kind", failure.kind().name())
                .put("code", failure.providerCode())
                .put("hint", failure.hint())
                .put("retry_after", failure.retryAfter());
    }

    /** Returns the name of a value's type, such as {@code message_received}. */
    static String snake(Object value) {
        String name = value.getClass().getSimpleName();
        StringBuilder snake = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            if (i > 0 && Character.isUpperCase(name.charAt(i))) {
                snake.append('_');
            }
            snake.append(name.charAt(i));
        }
        return snake.toString().toLowerCase(Locale.ROOT);
    }
}
