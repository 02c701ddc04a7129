/** What the configuration of a test's Slurm depends on. */
interface Place {
  readonly host: string;
  readonly folder: string;
  readonly ports: { readonly controller: number; readonly node: number };
}

/**
 * A slurm.conf for one node on this machine, without systemd, control groups and accounting (and so without
 * sacct), that schedules at once and lets a requeued job begin again after some 8 s instead of 2 minutes.
 */
export function slurmConfiguration({ host, folder, ports }: Place): string {
  const settings: Readonly<Record<string, string | number>> = {
    ClusterName: "test",
    SlurmctldHost: `${host}(127.0.0.1)`,
    SlurmctldPort: ports.controller,
    SlurmdPort: ports.node,
    SlurmUser: "root",
    SlurmdUser: "root",
    AuthType: "auth/munge",
    // The shortest that Slurm allows: as long as credentials live, a requeued job waits.
    AuthInfo: `socket=${folder}/munge.socket,cred_expire=5`,
    CredType: "cred/munge",
    ProctrackType: "proctrack/pgid",
    TaskPlugin: "task/none",
    SelectType: "select/cons_tres",
    SelectTypeParameters: "CR_Core",
    AccountingStorageType: "accounting_storage/none",
    JobAcctGatherType: "jobacct_gather/none",
    JobCompType: "jobcomp/none",
    MpiDefault: "none",
    MailProg: "/bin/true",
    ReturnToService: 2,
    KillWait: 2,
    MaxArraySize: 1001,
    SchedulerParameters: "sched_interval=1,sched_min_interval=0,batch_sched_delay=0,bf_interval=1",
    StateSaveLocation: `${folder}/state`,
    SlurmdSpoolDir: `${folder}/spool`,
    SlurmctldPidFile: `${folder}/slurmctld.pid`,
    SlurmdPidFile: `${folder}/slurmd.pid`,
  };
  return [
    ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
    `NodeName=${host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN`,
    `PartitionName=test Nodes=${host} Default=YES MaxTime=INFINITE State=UP`,
    "",
  ].join("\n");
}
