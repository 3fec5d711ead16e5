using WsAot.Memory;

namespace WsAot.Tests.Memory;

public sealed class ContainerMemoryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("wsaot-cgroup").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void In_a_container_of_version_2_the_limit_is_at_the_root()
    {
        Write("memory.max", "536870912\n");
        Assert.Equal(536_870_912, Read("0::/\n"));
    }

    [Fact]
    public void Under_a_service_manager_the_least_of_all_groups_counts()
    {
        Write("system.slice/memory.max", "1000000\n");
        Write("system.slice/a.service/memory.max", "2000000\n");
        Assert.Equal(1_000_000, Read("0::/system.slice/a.service\n"));
        Write("system.slice/a.service/memory.max", "500000\n");
        Assert.Equal(500_000, Read("0::/system.slice/a.service\n"));
    }

    [Fact]
    public void Version_1_has_a_folder_for_memory()
    {
        Write("memory/memory.limit_in_bytes", "9223372036854771712\n");
        Write("memory/docker/abc/memory.limit_in_bytes", "104857600\n");
        Assert.Equal(104_857_600, Read("9:name=systemd:/\n4:memory:/docker/abc\n1:cpu:/\n0::/\n"));
        // The path is that of the host; what the container sees is at the root.
        Write("memory/memory.limit_in_bytes", "209715200\n");
        Assert.Equal(209_715_200, Read("4:memory:/docker/unseen\n"));
    }

    [Theory]
    [InlineData("max\n")]
    [InlineData("9223372036854771712\n")]
    [InlineData("")]
    [InlineData("something else")]
    public void Without_a_limit_there_is_none(string content)
    {
        Write("memory.max", content);
        Assert.Equal(0, Read("0::/\n"));
    }

    [Fact]
    public void Where_there_are_no_groups_there_is_none()
    {
        Assert.Equal(0, ContainerMemory.ReadLimit(Path.Combine(_root, "missing"), _root));
        Assert.Equal(0, Read(""));
        Assert.Equal(0, Read("nonsense\n0::/nowhere\n"));
    }

    private void Write(string file, string content)
    {
        string path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private long Read(string groups)
    {
        string file = Path.Combine(_root, "self");
        File.WriteAllText(file, groups);
        return ContainerMemory.ReadLimit(file, _root);
    }
}
