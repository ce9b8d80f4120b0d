package io.kalam.boot.test.desk;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A WebFlux application; its configuration needs what is not there in a test.
 */
@SpringBootApplication
public class DeskApplication {

}
