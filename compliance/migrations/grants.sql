-- Lets a role use the service and do no more: it owns nothing, and has no right to change, delete or empty
-- history. Run it as the owner of the tables, after each upgrade:  psql DATABASE -f compliance/migrations/grants.sql
DO $$
DECLARE history regclass;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'compliance_service') THEN
        CREATE ROLE compliance_service LOGIN;
    END IF;
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO compliance_service;
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM compliance_service;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO compliance_service;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO compliance_service;
    REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM compliance_service;
    FOR history IN SELECT tgrelid FROM pg_trigger WHERE tgname LIKE '%\_no\_update' LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM compliance_service', history);
    END LOOP;
END $$;
