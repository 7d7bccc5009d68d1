using Gamification.Silo.Engine;
using Microsoft.Extensions.Configuration;

// A node without HTTP: it runs actors for the cluster whose members it finds in the database.
try
{
    if (args is ["--help" or "-h", ..])
    {
        Console.WriteLine(SiloNode.Usage);
        return 0;
    }

    OptionNames.Check(args, OptionNames.OfEngine);
    var configuration = new ConfigurationBuilder().AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().AddCommandLine(args).Build();
    await SiloNode.Run(EngineSettings.Read(configuration, "data", "shop.json"));
    return 0;
}
catch (Exception fault) when (StartFaults.LineFor(fault) is { } line)
{
    await Console.Error.WriteLineAsync(line);
    return 1;
}
