package aparte.viber;

import aparte.Address;
import aparte.Content;
import aparte.channel.http.HttpSettings;
import aparte.consent.Transport;
import aparte.testkit.TransportContract;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;

class ViberBusinessTransportContractTest extends TransportContract {
    @StartStop
    final MockWebServer server = new MockWebServer();

    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<Answer> answers = new ArrayDeque<>();

    @Override
    protected Transport transport() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.incrementAndGet();
                synchronized (answers) {
                    return response(answers.isEmpty() ? Answer.ACCEPTED : answers.remove());
                }
            }
        });
        return ViberBusinessTransport.builder("20001", () -> "token")
                .baseUri(server.url("/").uri())
                .http(HttpSettings.builder().waiting(duration -> {}).build())
                .build();
    }

    private static MockResponse response(Answer answer) {
        MockResponse.Builder response = new MockResponse.Builder();
        return switch (answer) {
            case ACCEPTED ->
                response.code(202).body(Examples.text("bm-answer-accepted")).build();
            case REFUSED ->
                response.code(422)
                        .body("{\"type\":\"https://developer.vonage.com/api-errors/messages#1300\"}")
                        .build();
            case THROTTLED -> response.code(429).build();
            case AMBIGUOUS ->
                response.code(500)
                        .body("{\"type\":\"https://developer.vonage.com/api-errors/messages#1030\"}")
                        .build();
            case UNREADABLE -> response.code(202).body("<!doctype html>").build();
            case LOST ->
                response.onResponseStart(new SocketEffect.CloseSocket()).build();
            case UNREACHABLE -> throw new IllegalStateException("the server is closed then");
        };
    }

    @Override
    protected Address recipient(int number) {
        return Address.phone("+3363998000" + number);
    }

    @Override
    protected void next(Answer answer) {
        if (answer == Answer.UNREACHABLE) {
            server.close();
        } else {
            synchronized (answers) {
                answers.add(answer);
            }
        }
    }

    @Override
    protected int requests() {
        return requests.get();
    }

    @Override
    protected Content tooLong() {
        return Content.text("x".repeat(1_001));
    }
}
