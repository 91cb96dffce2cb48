/**
 * The embedded node: Dataiku's automation and design node as far as deployments need it, for tests, demo and benchmarks (design
 * section 10). Begin at {@link io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode} and
 * {@link io.jenkins.plugins.projectdeployer.embedded.BundleZip}. It uses nothing of the plugin, so that a mistake there cannot
 * hide itself here.
 */
package io.jenkins.plugins.projectdeployer.embedded;
