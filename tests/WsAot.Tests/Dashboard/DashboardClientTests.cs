using System.Text;
using WsAot.TestKit;

namespace WsAot.Tests.Dashboard;

/// <summary>The client that the page of the dashboard runs on is what the generator makes of its handler.</summary>
public sealed class DashboardClientTests
{
    [Fact]
    public void The_page_has_the_client_of_its_own_API()
    {
        string expected = Encoding.UTF8.GetString(global::WsAot.WsRoutes.Table.Describe("typescript"));
        string path = Path.Combine(SourceTree.Root, "src/WsAot/Dashboard/client.ts");
        if (Environment.GetEnvironmentVariable("WSAOT_UPDATE_DASHBOARD") == "1") File.WriteAllText(path, expected);
        Assert.Equal(expected, File.ReadAllText(path));
    }
}
