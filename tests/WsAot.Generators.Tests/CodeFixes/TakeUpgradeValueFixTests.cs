using static WsAot.Generators.Tests.Compilations.CodeFixRun;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.CodeFixes;

public class TakeUpgradeValueFixTests
{
    [Theory]
    [InlineData("WsUpgrade<User>")]
    [InlineData("Task<WsUpgrade<User>>")]
    [InlineData("ValueTask<WsUpgrade<User>>")]
    public async Task The_constructor_is_given_a_parameter(string returned) =>
        Assert.Equal(
            Source("WsConnection connection, User user", returned),
            await Fix("WSA011", Source("WsConnection connection", returned), "Take the 'User' in the constructor"));

    [Fact]
    public async Task Of_a_type_that_stands_in_another_namespace() => Assert.Equal(
        Source("System.Security.Claims.ClaimsPrincipal claimsPrincipal", "WsUpgrade<System.Security.Claims.ClaimsPrincipal>"),
        await Fix(
            "WSA011", Source("", "WsUpgrade<System.Security.Claims.ClaimsPrincipal>"), "Take the 'ClaimsPrincipal' in the constructor"));

    private static string Source(string parameters, string returned) => Usings + $$"""
        public class User;
        [WsRoute("/")] public class Handler({{parameters}})
        {
            [OnUpgrade] public static {{returned}} Check() => throw new TimeoutException();
            [OnOpen] public void Opened() { }
        }
        """;
}
