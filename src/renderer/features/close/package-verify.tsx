import { FileButton, Button, Progress, Stack, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { Progress as Step } from '#shared/contract/client.ts';
import type { packageVerification } from '#shared/contract/packages.contract.ts';
import { asRefusal, lastStep } from '#renderer/lib/client.ts';
import { useProgram } from '#renderer/lib/program.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { VerificationNotice } from '#renderer/ui/verification-notice.tsx';
import classes from './close.module.css';

/** Proves a package from the file alone: chosen, or dropped here. */
export function PackageVerify() {
	const text = useText();
	const { connection } = useProgram();
	const [step, setStep] = useState<Step | null>(null);
	const verify = useMutation({
		mutationFn: async (file: File) => {
			try {
				const { path } = await connection.handOver(file);
				return await lastStep<z.output<typeof packageVerification>>(await connection.wire.desk.verifyPackage({ path }), setStep);
			} catch (error) {
				throw asRefusal(error);
			}
		},
	});
	return (
		<section
			className={classes.drop}
			aria-label={text('close.package.verify')}
			onDragOver={(event) => event.preventDefault()}
			onDrop={(event) => {
				event.preventDefault();
				const [file] = event.dataTransfer.files;
				if (file) verify.mutate(file);
			}}
		>
			<Stack gap="xs" align="start">
				<Text size="sm">{text('close.package.verifyText')}</Text>
				<FileButton accept=".zip" onChange={(file) => file && verify.mutate(file)}>
					{(props) => (
						<Button {...props} variant="default" leftSection={<IconShieldCheck size={16} aria-hidden />} loading={verify.isPending}>
							{text('close.package.verify')}
						</Button>
					)}
				</FileButton>
				{verify.isPending && <Progress w="100%" value={(step?.fraction ?? 0) * 100} aria-label={text('close.package.verify')} />}
				{verify.error !== null && <ErrorNotice error={verify.error} />}
				{verify.data && (
					<>
						<Text size="sm">
							{verify.data.file}: {verify.data.company} {verify.data.period}
						</Text>
						<VerificationNotice verification={verify.data} />
					</>
				)}
			</Stack>
		</section>
	);
}
