package dev.heddle.core.storage;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Quantities of bytes. */
public final class VolumeSize {
    public static final BigDecimal GIBI = BigDecimal.valueOf(1L << 30);

    private VolumeSize() {}

    public static BigDecimal bytes(String quantity) {
        return new Quantity(quantity).getNumericalAmount();
    }

    public static String larger(String one, String other) {
        return bytes(one).compareTo(bytes(other)) >= 0 ? one : other;
    }

    public static boolean below(String one, String other) {
        return bytes(one).compareTo(bytes(other)) < 0;
    }

    /** Whole bytes as people write them: 2147483648 becomes 2Gi. */
    public static String words(BigDecimal bytes) {
        var whole = bytes.setScale(0, RoundingMode.UP);
        boolean binary = whole.remainder(BigDecimal.valueOf(1024)).signum() == 0;
        return canonical(
                binary ? whole.divide(BigDecimal.valueOf(1024)).toPlainString() + "Ki" : whole.toPlainString());
    }

    /** As the API server stores it: 1024Mi becomes 1Gi; anything else makes every reconcile a write (framework.md §5.2). */
    public static String canonical(String quantity) {
        var bytes = new Quantity(quantity).getNumericalAmount();
        if (bytes.stripTrailingZeros().scale() > 0) {
            return smallest(bytes);
        }
        var units = quantity.endsWith("i")
                ? new String[] {"Ei", "Pi", "Ti", "Gi", "Mi", "Ki"}
                : new String[] {"E", "P", "T", "G", "M", "k"};
        var base = BigDecimal.valueOf(quantity.endsWith("i") ? 1024 : 1000);
        for (int power = units.length; power >= 1; power--) {
            var parts = bytes.divideAndRemainder(base.pow(power));
            if (parts[1].signum() == 0 && parts[0].signum() > 0) {
                return parts[0].toBigInteger() + units[units.length - power];
            }
        }
        return bytes.toBigInteger().toString();
    }

    /** Fractions are stored in the largest of m, u and n that makes them whole: 1.1Gi becomes 1181116006400m. */
    private static String smallest(BigDecimal fraction) {
        var units = new String[] {"m", "u", "n"};
        for (int power = 1; power <= units.length; power++) {
            var scaled = fraction.movePointRight(3 * power);
            if (scaled.stripTrailingZeros().scale() <= 0 || power == units.length) {
                return scaled.setScale(0, RoundingMode.UP).toPlainString() + units[power - 1];
            }
        }
        throw new IllegalStateException("unreachable");
    }
}
