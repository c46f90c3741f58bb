package io.romancy.examples.orders;

import java.io.IOException;

/**
 * What an order asks of the outside world. A process can die after a call was made and before its answer was recorded; then the call is
 * made again. So each takes a key that is the same for the repeated call and for no other, as payment providers and carriers offer it, and
 * answers a key that it knows as it did before. Thread-safe; calls block.
 */
public interface Shop {
    /** Sets the goods aside and returns the number of the reservation. */
    String reserve(Order order, String key) throws OutOfStock;

    /** Gives the goods back that nobody paid. */
    String release(Order order, String key);

    /** Asks the customer for the money, and returns the number of the invoice. The payment is reported by a message, or never. */
    String invoice(Order order, String key);

    /** Takes the money that the customer has agreed to, and returns the number of the charge. */
    String charge(Order order, Payment payment, String key);

    /** Gives the money back. */
    String refund(Order order, String key);

    /**
     * Hands the parcel to the carrier and returns its number.
     *
     * @throws IOException if the carrier does not answer now
     */
    String ship(Order order, String key) throws IOException, AddressUnknown;

    /** Sends the thank-you letter. */
    String thank(Order order, String key);
}
