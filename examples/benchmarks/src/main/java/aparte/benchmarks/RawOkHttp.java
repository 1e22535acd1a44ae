package aparte.benchmarks;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The same send as a host would write it by hand: OkHttp as it comes, with connections for all threads, and no gate. */
final class RawOkHttp implements Sending {
    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient client = new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(64, 5, TimeUnit.MINUTES))
            .build();
    private final String url;

    RawOkHttp(int port) {
        this.url = "http://127.0.0.1:" + port + "/v26.0/100000000000001/messages";
    }

    @Override
    public String send(int number) throws IOException {
        String json = "{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\",\"to\":\"+336"
                + (10_000_000 + number % GatedSend.PEOPLE)
                + "\",\"type\":\"text\",\"text\":{\"preview_url\":false,\"body\":\""
                + Town.BODY
                + "\"},\"biz_opaque_callback_data\":\"" + UUID.randomUUID() + "#1\"}";
        Request request = new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer " + GatedSend.TOKEN)
                .post(RequestBody.create(json, JSON))
                .build();
        try (Response response = client.newCall(request).execute()) {
            String answer = response.body().string();
            int id = answer.indexOf("wamid.");
            if (response.code() != 200 || id < 0) {
                throw new IOException("not taken: " + response.code());
            }
            return answer.substring(id, answer.indexOf('"', id));
        }
    }
}
