package io.romancy.engine.replay;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/** A logger that is silent while its run repeats what it logged before. */
final class ReplayLogger implements InvocationHandler {
    private final RunSession session;
    private final Logger target;

    private ReplayLogger(RunSession session, Logger target) {
        this.session = session;
        this.target = target;
    }

    static Logger of(RunSession session) {
        var target =
                LoggerFactory.getLogger("io.romancy.workflow." + session.route().workflow());
        return (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, new ReplayLogger(session, target));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(session.replaying() ? NOPLogger.NOP_LOGGER : target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
