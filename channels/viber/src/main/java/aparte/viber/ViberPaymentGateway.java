package aparte.viber;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The provider of payments behind a {@link ViberContent.Payment}, and what it needs to know of one order.
 *
 * <p>As of 2026-11, Viber Bot API, chatbot payments: three providers, in Ukraine alone, and each applies to Viber for the bot.
 * Holds secrets of the order: no {@code toString} shows a value. Immutable and thread-safe.
 */
public final class ViberPaymentGateway {
    private final Map<String, String> parameters;

    private ViberPaymentGateway(String gateway, String merchantId, URI url, String... namesAndValues) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("gateway", gateway);
        all.put("gatewayMerchantId", Words.require(merchantId, "merchant id"));
        all.put("url", Words.address(url));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.put(namesAndValues[i], Words.require(namesAndValues[i + 1], namesAndValues[i]));
        }
        this.parameters = Collections.unmodifiableMap(all);
    }

    /**
     * Returns LiqPay.
     *
     * @param merchantId the merchant at the payment app
     * @param url where LiqPay is asked
     * @param data the order, as LiqPay encodes it
     * @param signature LiqPay's signature over the data
     * @param payeeId who is paid
     * @throws IllegalArgumentException if one is blank
     */
    public static ViberPaymentGateway liqPay(
            String merchantId, URI url, String data, String signature, String payeeId) {
        return new ViberPaymentGateway(
                "liqpay", merchantId, url, "data", data, "signature", signature, "payeeId", payeeId);
    }

    /**
     * Returns Portmone.
     *
     * @param merchantId the merchant at the payment app
     * @param url where Portmone is asked
     * @param login the shop's login
     * @param password the shop's password
     * @param payeeId who is paid
     * @throws IllegalArgumentException if one is blank
     */
    public static ViberPaymentGateway portmone(
            String merchantId, URI url, String login, String password, String payeeId) {
        return new ViberPaymentGateway(
                "portmonecom", merchantId, url, "login", login, "password", password, "payeeId", payeeId);
    }

    /**
     * Returns IPay.ua.
     *
     * @param merchantId the merchant at the payment app
     * @param url where IPay is asked
     * @param subMerchantId who is paid
     * @param authSalt the order's salt
     * @param authSign the signature over it
     * @throws IllegalArgumentException if one is blank
     */
    public static ViberPaymentGateway iPay(
            String merchantId, URI url, String subMerchantId, String authSalt, String authSign) {
        return new ViberPaymentGateway(
                "ipay", merchantId, url, "subMerchantId", subMerchantId, "authSalt", authSalt, "authSign", authSign);
    }

    Map<String, String> parameters() {
        return parameters;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ViberPaymentGateway that && parameters.equals(that.parameters);
    }

    @Override
    public int hashCode() {
        return parameters.hashCode();
    }

    /** Shows the provider alone. */
    @Override
    public String toString() {
        return "ViberPaymentGateway[" + parameters.get("gateway") + "]";
    }
}
