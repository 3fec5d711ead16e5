using WsAot.Soak.Abusing;

namespace WsAot.Soak.Tests.Abusing;

public sealed class AbuseKindsTests
{
    // The limit of docs/explanation/security.md.
    private const int MaxPathBytes = 2048;

    [Fact]
    public void Each_kind_has_a_name_of_its_own()
    {
        string[] names = [.. AbuseKinds.All(withDeflate: true, usesTls: true).Select(static kind => kind.Name)];
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void A_long_path_is_as_long_as_it_may_be_and_each_has_its_own()
    {
        AbuseKind kind = AbuseKinds.All(withDeflate: false, usesTls: false).Single(static kind => kind.Name == "long-path");
        string[] paths = [.. Enumerable.Range(0, 100).Select(number => kind.PathOf(number)!)];
        Assert.All(paths, static path => Assert.Equal(MaxPathBytes, path.Length));
        Assert.Equal(paths.Distinct(), paths);
    }

    [Fact]
    public void Other_paths_are_what_they_are() =>
        Assert.Equal("/echo", AbuseKinds.All(withDeflate: false, usesTls: false).Single(static kind => kind.Name == "idle").PathOf(3));
}
