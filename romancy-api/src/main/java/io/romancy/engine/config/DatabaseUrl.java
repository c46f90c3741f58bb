package io.romancy.engine.config;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database's URL in the forms that people have at hand, as JDBC with its credentials apart:
 *
 * <ul>
 *   <li>{@code postgres://user:pw@host:port/db?x=y}, {@code postgresql://..} and the same behind {@code jdbc:}. User and password are
 *       percent-decoded, so that {@code %40} stands for an at sign.
 *   <li>{@code file:x.db}, {@code file:///var/x.db}: an SQLite file, percent-decoded.
 *   <li>Any other URL goes to the storage providers as it is.
 * </ul>
 *
 * @param jdbcUrl without user information
 * @param user null if the URL names none
 * @param password null if the URL holds none
 */
public record DatabaseUrl(
        String jdbcUrl, @Nullable String user, @Nullable String password) {
    private static final Pattern POSTGRES =
            Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);
    private static final String PORT = "(?:[0-5]?\\d{1,4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])";
    private static final String HOST = "(?:[^\\s:,@#\\[\\]]*|\\[[0-9A-Fa-f:.%]*])(?::" + PORT + ")?";
    private static final Pattern HOSTS = Pattern.compile(HOST + "(?:," + HOST + ")*");
    private static final Pattern USER_PARAMETER = Pattern.compile("[?&;]user=", Pattern.CASE_INSENSITIVE);
    private static final Pattern PASSWORD_PARAMETER = Pattern.compile("[?&;]password=", Pattern.CASE_INSENSITIVE);
    private static final String FORMS =
            "Take jdbc:postgresql://host/db, postgres://user:pw@host/db, jdbc:sqlite:x.db or file:x.db";

    /** Reads the value of an option; refused with {@code INVALID_OPTION}, naming the option, if it cannot be a URL. */
    public static DatabaseUrl parse(String option, String value) {
        String url = value.strip();
        var postgres = POSTGRES.matcher(url);
        if (postgres.matches()) {
            return postgres(option, url, postgres.group(1));
        }
        if (url.toLowerCase(Locale.ROOT).startsWith("file:")) {
            return file(option, url);
        }
        if (!SCHEME.matcher(url).matches()) {
            throw Problems.refusal(
                    option + " = '" + mask(url) + "'", "it has no scheme that says which database it is", FORMS);
        }
        return new DatabaseUrl(url, null, null);
    }

    /** The URL with its credentials as parameters, for where there is one text only. */
    public String withCredentials() {
        var all = new StringBuilder(jdbcUrl);
        append(all, "user", user);
        append(all, "password", password);
        return all.toString();
    }

    /** Whether it says who logs in, anywhere. */
    boolean namesUser() {
        return user != null || USER_PARAMETER.matcher(jdbcUrl).find();
    }

    /** Whether it holds a password, anywhere. */
    boolean namesPassword() {
        return password != null || PASSWORD_PARAMETER.matcher(jdbcUrl).find();
    }

    /**
     * A URL as it may stand in a log. Reads it as little as possible: what has an at sign or a question mark where none belongs may be a
     * password that was not percent-encoded, and all of it goes.
     */
    public static String mask(String url) {
        int authority = url.indexOf("//");
        int at = url.lastIndexOf('@');
        int question = url.indexOf('?');
        if (authority >= 0 && at > authority) {
            String scheme = url.substring(0, authority + 2) + "..";
            return question >= 0 && question < at ? scheme : scheme + cut(url.substring(at));
        }
        return cut(url);
    }

    @Override
    public String toString() {
        return "DatabaseUrl[" + mask(jdbcUrl) + "]";
    }

    private static String cut(String url) {
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question) + "?..";
    }

    private static DatabaseUrl postgres(String option, String url, String rest) {
        int end = authorityEnd(rest);
        String authority = rest.substring(0, end);
        int at = authority.lastIndexOf('@');
        String hosts = authority.substring(at + 1);
        boolean slashInPassword =
                at < 0 && authority.indexOf(':') >= 0 && path(rest, end).indexOf('@') >= 0;
        if (slashInPassword || !HOSTS.matcher(hosts).matches()) {
            throw Problems.refusal(
                    option + " = '" + url.substring(0, url.indexOf("//")) + "//..'",
                    "its host and port cannot be read, or the port is above 65535",
                    "Percent-encode what is special in user and password: @ as %40, : as %3A, / as %2F, ? as %3F, % as %25");
        }
        String database = rest.startsWith("/", end) ? rest.substring(end) : "/" + rest.substring(end);
        String jdbc = "jdbc:postgresql://" + hosts + database;
        if (at < 0) {
            return new DatabaseUrl(jdbc, null, null);
        }
        String userInfo = authority.substring(0, at);
        int colon = userInfo.indexOf(':');
        String user = decode(option, url, colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = colon < 0 ? null : decode(option, url, userInfo.substring(colon + 1));
        return new DatabaseUrl(jdbc, user.isEmpty() ? null : user, password);
    }

    private static String path(String rest, int start) {
        int question = rest.indexOf('?', start);
        return rest.substring(start, question < 0 ? rest.length() : question);
    }

    private static int authorityEnd(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) == '/' || rest.charAt(i) == '?') {
                return i;
            }
        }
        return rest.length();
    }

    private static DatabaseUrl file(String option, String url) {
        String path = url.substring("file:".length());
        if (path.startsWith("//")) {
            int slash = path.indexOf('/', 2);
            String host = slash < 0 ? path.substring(2) : path.substring(2, slash);
            if (slash < 0 || !(host.isEmpty() || host.equalsIgnoreCase("localhost"))) {
                throw Problems.refusal(
                        option + " = '" + mask(url) + "'",
                        "what stands behind // is a host, and files of other hosts cannot be opened",
                        "Take file:x.db or file:///path/x.db");
            }
            path = path.substring(slash);
        }
        int question = path.indexOf('?');
        String name = decode(option, url, question < 0 ? path : path.substring(0, question));
        if (name.isEmpty()) {
            throw Problems.refusal(option + " = '" + mask(url) + "'", "it names no file", "Take file:x.db");
        }
        return new DatabaseUrl("jdbc:sqlite:" + name + (question < 0 ? "" : path.substring(question)), null, null);
    }

    private static void append(StringBuilder url, String name, @Nullable String value) {
        if (value != null) {
            url.append(url.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private static String decode(String option, String url, String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The cause quotes the text, which may be a password: it stays out of the message and of the chain.
            throw Problems.refusal(
                    option + " = '" + mask(url) + "'",
                    "a percent sign in it is not followed by two hex digits",
                    "Write a percent sign as %25");
        }
    }
}
