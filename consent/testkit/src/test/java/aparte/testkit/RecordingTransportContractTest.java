package aparte.testkit;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.SenderId;
import aparte.consent.Transport;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

class RecordingTransportContractTest {
    private static RecordingTransport.Builder configured() {
        return RecordingTransport.builder(new SenderId(ChannelId.WHATSAPP, "100"))
                .textLimit(100);
    }

    @Nested
    class WhenItTriesOnce extends Contract {
        WhenItTriesOnce() {
            super(configured());
        }
    }

    @Nested
    class WhenItTriesThreeTimes extends Contract {
        WhenItTriesThreeTimes() {
            super(configured().tries(3));
        }
    }

    @Nested
    class WhenARequestReachesMany extends Contract {
        WhenARequestReachesMany() {
            super(configured().receiversPerRequest(300));
        }
    }

    private abstract static class Contract extends TransportContract {
        private final RecordingTransport transport;

        private Contract(RecordingTransport.Builder builder) {
            this.transport = builder.build();
        }

        @Override
        protected Transport transport() {
            return transport;
        }

        @Override
        protected Address recipient(int number) {
            return Address.phone("+3361234567" + number);
        }

        @Override
        protected void next(Answer answer) {
            switch (answer) {
                case ACCEPTED -> transport.accept();
                case REFUSED ->
                    transport.notTaken(DeliveryFailure.of(DeliveryFailure.Kind.INVALID_REQUEST, "100", "wrong"));
                case THROTTLED -> transport.notTaken(DeliveryFailure.throttled("429", Optional.empty()));
                case AMBIGUOUS, UNREADABLE, LOST -> transport.throwAfterLeaving(new IOException("no answer"));
                case UNREACHABLE -> transport.throwBeforeLeaving(new IOException("refused connection"));
            }
        }

        @Override
        protected int requests() {
            return transport.deliveries().size();
        }

        @Override
        protected Content tooLong() {
            return Content.text("x".repeat(101));
        }
    }
}
