package io.kalam.desk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Needs a headless Chromium, which all such tests share: a method's {@link Browser}
 * parameter. Where there is none, they are skipped, or fail with
 * {@code -Dkalam.browser.required=true}.
 */
@ExtendWith(BrowserExtension.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface BrowserTest {

}
