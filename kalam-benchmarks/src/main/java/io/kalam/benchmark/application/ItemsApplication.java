package io.kalam.benchmark.application;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application: WebFlux, R2DBC, one entity.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class ItemsApplication {

}
