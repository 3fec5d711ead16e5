using System.Globalization;
using k8s;
using k8s.Models;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Deploying;

/// <summary>docs/how-to/deploy/kubernetes.yaml, read into the types of Kubernetes' own client.</summary>
[Collection(PublishedFile.Name)]
public sealed class KubernetesTests(PublishedApp app)
{
    // Strict: a field that Kubernetes does not know, or one that is there twice, is an error.
    private static readonly object[] s_objects = [.. KubernetesYaml.LoadAllFromString(DeployPage.Kubernetes, typeMap: null, strict: true)];

    private static V1Deployment Deployment => s_objects.OfType<V1Deployment>().Single();

    private static V1PodSpec Pod => Deployment.Spec.Template.Spec;

    private static V1Container Container => Pod.Containers.Single();

    [RequiresFact]
    public void Its_parts_name_each_other()
    {
        Assert.Equal(4, s_objects.Length);
        V1Service service = s_objects.OfType<V1Service>().Single();
        V2HorizontalPodAutoscaler autoscaler = s_objects.OfType<V2HorizontalPodAutoscaler>().Single();
        V1PodDisruptionBudget disruptions = s_objects.OfType<V1PodDisruptionBudget>().Single();

        IDictionary<string, string> labels = Deployment.Spec.Template.Metadata.Labels;
        Assert.Equal(labels, Deployment.Spec.Selector.MatchLabels);
        Assert.Equal(labels, service.Spec.Selector);
        Assert.Equal(labels, disruptions.Spec.Selector.MatchLabels);
        Assert.Equal((Deployment.ApiVersion, Deployment.Kind, Deployment.Metadata.Name),
            (autoscaler.Spec.ScaleTargetRef.ApiVersion, autoscaler.Spec.ScaleTargetRef.Kind, autoscaler.Spec.ScaleTargetRef.Name));

        string port = Container.Ports.Single().Name;
        Assert.Equal(port, service.Spec.Ports.Single().TargetPort.Value);
        Assert.All((V1Probe[])[Container.ReadinessProbe, Container.LivenessProbe], probe =>
        {
            Assert.Equal(port, probe.HttpGet.Port.Value);
            Assert.Equal("/healthz", probe.HttpGet.Path);
        });
    }

    [RequiresFact]
    public void The_pod_may_do_what_the_image_needs_and_no_more()
    {
        Assert.Equal((65532L, 65532L, true),
            (Pod.SecurityContext.RunAsUser, Pod.SecurityContext.RunAsGroup, Pod.SecurityContext.RunAsNonRoot));
        Assert.Equal("RuntimeDefault", Pod.SecurityContext.SeccompProfile.Type);
        Assert.True(Container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(Container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], Container.SecurityContext.Capabilities.Drop);
        Assert.Equal(8080, Container.Ports.Single().ContainerPort);
    }

    [RequiresFact]
    public void It_is_killed_only_after_the_pause_and_the_drain()
    {
        // The default of --drain-delay-ms in a container takes the place of a preStop hook.
        const long pause = 5;
        Assert.Null(Container.Lifecycle);
        int drainMs = int.Parse(Container.Env.Single(static one => one.Name == "WSAOT_DRAINTIMEOUTMS").Value, CultureInfo.InvariantCulture);
        Assert.True(Pod.TerminationGracePeriodSeconds > pause + (drainMs / 1000));
    }

    [RequiresFact]
    public async Task The_server_takes_its_variables_without_a_complaint()
    {
        Dictionary<string, string?> variables = Container.Env.ToDictionary(static one => one.Name, static one => (string?)one.Value);
        Assert.Equal("ws://*:8080", variables["WSAOT_URLS"]);
        variables["WSAOT_URLS"] = "ws://*:0";
        variables["KUBERNETES_SERVICE_HOST"] = "10.0.0.1";
        await using ServerProcess server = await ServerProcess.StartAsync(app.File, [], PublishedApp.NewWorkingFolder(), variables);
        // As a probe asks, which knows the address of the pod and no name.
        using HttpClient client = new();
        using HttpResponseMessage health = await client.GetAsync(new Uri($"http://127.0.0.1:{server.Port}/healthz"));
        Assert.Equal(200, (int)health.StatusCode);
        await server.StopAsync();
        Assert.All(server.Error.All, static line => Assert.Contains("\"LogLevel\":\"Information\"", line, StringComparison.Ordinal));
    }
}
