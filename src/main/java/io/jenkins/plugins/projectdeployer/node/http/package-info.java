/**
 * How one call travels to a Dataiku node: address, trust, key, time limits, streaming, errors in plain words.
 *
 * <p>Knows nothing of projects or bundles; the resources above it are in the parent package.
 */
package io.jenkins.plugins.projectdeployer.node.http;
