using Gamification.Api;
using Gamification.Api.Demo;
using Gamification.Api.Hosting;
using Gamification.Silo.Engine;
using Gamification.Silo.Engine.Transfer;

// The executable people run: a server (demo, all, api), a command to one that runs (keys, tokens), or one on its stopped databases.
if (AdminCommands.Knows(args))
{
    using var http = new HttpClient();
    return await AdminCommands.Run(args, http, Console.Out, Console.Error);
}

if (ProgrammeCommands.Knows(args))
{
    using var http = new HttpClient();
    return await ProgrammeCommands.Run(args, http, Console.Out, Console.Error);
}

if (BadgeCommands.Knows(args))
{
    using var http = new HttpClient();
    return await BadgeCommands.Run(args, http, Console.Out, Console.Error);
}

if (SettlementCommand.Knows(args))
{
    using var http = new HttpClient();
    return await SettlementCommand.Run(args, http, Console.Out, Console.Error);
}

if (StartUp.AsksForHelp(args))
{
    Console.WriteLine(StartUp.Usage);
    return 0;
}

return await StartUp.Guard(async () =>
{
    var role = args is [var first, ..] && !first.StartsWith('-') ? first : "all";
    var options = ServerOptions.Read(role, StartUp.Configuration(args));
    switch (role)
    {
        case "rebuild":
            return await Maintenance.Rebuild(options.Engine, TimeProvider.System, Console.Out);
        case "verify":
            return await Maintenance.Verify(options.Engine, Console.Out);
        case "totals":
            return await Maintenance.Totals(options.Engine, TimeProvider.System, Console.Out);
        case "transfer":
            return await TransferCommand.Run([.. StartUp.Words(args)], options.Engine, TimeProvider.System, Console.Out, Console.Error);
        case "admin-token":
            Console.WriteLine(ApiHost.AdminToken(options, TimeProvider.System));
            return 0;
        case "demo" or "all":
            await using (var storage = await EngineStorage.Open(options.Engine))
            await using (var app = ApiHost.Build(options, storage))
            {
                if (role == "demo") await DemoCommand.Run(app, options, storage, Console.Out);
                else await app.RunAsync();
            }

            return 0;
        case "api":
            await using (var outside = ApiHost.BuildOutside(options, await ClusterClient.Admit(options.Engine)))
                await outside.RunAsync();
            return 0;
        default:
            Console.Error.WriteLine(StartUp.Usage);
            return 2;
    }
});
