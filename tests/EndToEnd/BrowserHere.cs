using Gamification.Tests.Conventions;
using Microsoft.Playwright;

namespace Gamification.Tests.EndToEnd;

/// <summary>The browser that tests of pages look through.</summary>
internal static class BrowserHere
{
    public static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>Where Chromium is, when the pages are built as well; otherwise the test is skipped, in CI it fails.</summary>
    public static string? Find()
    {
        if (!File.Exists(Path.Combine(SourceTree.Root, "api", "wwwroot", "index.html"))) Missing("the pages are not built: Node.js is not here");
        var found = new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
            .FirstOrDefault(path => path is not null && File.Exists(path));
        if (found is null) Missing("Chromium is not here");

        // A machine under load is slow, not wrong.
        Assertions.SetDefaultExpectTimeout(60_000);
        return found;
    }

    private static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(what);
        Assert.Skip(what);
    }
}
