using System.Security.Claims;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Handlers;

/// <summary>Lets those in who have a token, or a cookie, and knows who they are.</summary>
[WsRoute("/members")]
internal sealed class Member(WsConnection connection, ClaimsPrincipal user)
{
    [OnUpgrade]
    public static async Task<WsUpgrade<ClaimsPrincipal>> Check(WsRequest request, Script script)
    {
        if ((request.BearerToken ?? request.GetCookie("session")) is not { } token)
        {
            return WsUpgrade.Reject(401).WithHeader("WWW-Authenticate", "Bearer");
        }

        await script.Gate.PassAsync();
        return token == "forged"
            ? WsUpgrade.Reject(403)
            : WsUpgrade.AcceptWith(
                new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, token)])),
                "members")
                .WithHeader("X-User", token);
    }

    [OnOpen]
    public void Opened() => connection.Send($"hello {user.Identity!.Name}");
}
